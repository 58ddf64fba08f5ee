import type { Notice, NotificationRule, PersonChannel } from '@toneout/contract/model/message.ts'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { crowTimes } from '../lib/geo.ts'
import { alarmNoticeOf } from './rules-alarms.ts'
import { type Draft, draftsForPeople, draftsForTests, draftsForWebhooks, lifeOf } from './rules-drafts.ts'
import { noticeOf, type Recipient, testedRoles } from './rules-people.ts'
import type { Params } from './rules-words.ts'
import * as store from './store.ts'
import * as recipients from './store-recipients.ts'

/** Facts in one transaction. */
const batch = 500

type Base = Pick<Context, 'db' | 'now' | 'settings'>
export type Following = {
  /** Channels to people that are set up. */
  ready: ReadonlySet<PersonChannel>
  /** Told of each step, so that a test can end the process right there. */
  onStep?: (step: string) => void
}

const id = (value: unknown): number[] => (typeof value === 'number' ? [value] : [])

/** Notices that are for whoever has a role, and not for the crew or the hospital of the fact. */
const forRoles: ReadonlySet<Notice> = new Set(['ALARM_DESK', 'ALARM_SUPERVISOR'])
const rolesOf = (notices: ReadonlySet<Notice>, rules: readonly NotificationRule[]) => {
  if (notices.has('CONTACT_TEST')) return testedRoles
  const asked = rules.filter(({ event }) => forRoles.has(event) && notices.has(event))
  return [...new Set(asked.flatMap(({ roles }) => roles))]
}

const told = (fact: store.NewFact) => noticeOf(fact) ?? alarmNoticeOf(fact)

/** Whom and what a batch of facts is about; only those that tell people of something. */
async function readAround(
  connection: Connection,
  facts: readonly store.NewFact[],
  { now, rules }: { now: string; rules: readonly NotificationRule[] },
) {
  const telling = facts.filter((fact) => told(fact) !== undefined)
  const hospitals = telling.flatMap(({ data }) => id(data.hospital_id))
  const about = await recipients.readAbout(connection, {
    units: facts.flatMap((fact) => id(fact.unit_id)),
    incidents: facts.flatMap((fact) => id(fact.incident_id)),
    hospitals,
  })
  const inbound = [...about.hospitals.values()].flatMap((one) => one.inbound)
  const notices = new Set(telling.flatMap((fact) => told(fact) ?? []))
  const people =
    telling.length === 0
      ? []
      : await recipients.readPeople(
          connection,
          {
            units: [...telling.flatMap((fact) => id(fact.unit_id)), ...inbound],
            assignments: telling.flatMap(({ data }) => id(data.assignment_id)),
            hospitals,
            roles: rolesOf(notices, rules),
            people: [],
          },
          now,
        )
  return { about, people, webhooks: await recipients.readListening(connection) }
}

/** How a row of a person becomes somebody the rules know. */
export function toRecipient(
  { has_phone, has_push, has_email, ...one }: recipients.PersonRow,
  ready: ReadonlySet<PersonChannel>,
): Recipient {
  const has: Record<PersonChannel, boolean> = {
    SCREEN: true,
    SMS: has_phone,
    VOICE: has_phone,
    PUSH: has_push,
    EMAIL: has_email,
  }
  const reaches = (Object.keys(has) as PersonChannel[]).filter((name) => has[name] && ready.has(name))
  return { ...one, reaches }
}

function paramsOf(fact: store.NewFact, about: recipients.AboutRows): Params {
  const unit = about.units.get(fact.unit_id ?? 0)
  const incident = about.incidents.get(fact.incident_id ?? 0)
  const hospital = about.hospitals.get(Number(fact.data.hospital_id ?? 0))
  const isTransport = fact.type === 'unit_transporting' && unit && hospital
  const [drive] = isTransport
    ? crowTimes([unit], hospital, (incident?.priority ?? 4) <= 2 ? 'siren' : 'normal', fact.at)
    : []
  return {
    unit: unit?.unit_number ?? null,
    incident: incident?.incident_number ?? null,
    type: incident?.emergency_type ?? null,
    priority: incident?.priority ?? null,
    place: incident?.location ?? null,
    hospital: hospital?.name ?? null,
    diversion: hospital?.diversion ?? null,
    eta_minutes: drive ? Math.max(1, Math.round(drive.seconds / 60)) : null,
    alarm: typeof fact.data.words === 'string' ? fact.data.words : null,
  }
}

async function draft(connection: Connection, ctx: Base, { ready }: Following, facts: store.NewFact[]) {
  const now = ctx.now().toISOString()
  const rules = ctx.settings.current().notification_rules
  const around = await readAround(connection, facts, { now, rules })
  const people = around.people.map((one) => toRecipient(one, ready))
  return facts.flatMap((fact): Draft[] => {
    const params = paramsOf(fact, around.about)
    const { units, incidents, hospitals } = around.about
    const incident = incidents.get(fact.incident_id ?? 0)
    const surroundings = {
      ...{ people, rules, params, webhooks: around.webhooks },
      about: {
        priority: incident?.priority,
        emergency_type: incident?.emergency_type,
        inbound: hospitals.get(Number(fact.data.hospital_id ?? 0))?.inbound ?? [],
      },
      named: {
        unit_number: units.get(fact.unit_id ?? 0)?.unit_number ?? null,
        incident_number: incident?.incident_number ?? null,
      },
    }
    return [
      ...draftsForPeople(fact, surroundings, told(fact)),
      ...draftsForWebhooks(fact, surroundings),
      ...draftsForTests(fact),
    ]
  })
}

/**
 * Turns the next facts into messages, and moves the cursor in the same transaction; gives whether there may
 * be more. Nothing when another process is at it.
 */
export async function followTimeline(ctx: Base, following: Following): Promise<boolean> {
  const step = following.onStep ?? (() => {})
  const read = await transaction(ctx.db, async (connection) => {
    // The lock first: only a statement after it sees how far the process before it came.
    if (!(await store.takeFollowing(connection))) return 0
    const facts = await store.readNewFacts(connection, await store.readCursor(connection), batch)
    const last = facts.at(-1)
    if (!last) return 0
    const now = ctx.now()
    const drafts = await draft(connection, ctx, following, facts)
    step('drafted')
    const late = (one: Draft) => new Date(now.getTime() + lifeOf(one.channel)).toISOString()
    const rows = drafts.map((one) => ({ ...one, expires_at: late(one) }))
    await store.insertMessages(connection, rows, now.toISOString())
    for (const { id, type, data } of facts) {
      if (type === 'contact_test_started')
        await store.noteTestFact(connection, Number(data.contact_test_id), id)
    }
    step('written')
    await store.moveCursor(connection, last.id)
    step('moved')
    return facts.length
  })
  step('committed')
  return read === batch
}
