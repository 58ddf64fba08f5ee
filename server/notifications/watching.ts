import { type AlarmKind, type AlarmStage, alarmWords } from '@toneout/contract/model/alarm.ts'
import { systemActor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { type FactDraft, record } from '../timeline/record.ts'
import { nextStage, patienceOf, type Trouble } from './rules-alarms.ts'
import * as store from './store-alarms.ts'

export type Watching = {
  /** Told of each alarm that is raised or passed on. */
  onAlarm: (kind: AlarmKind, stage: AlarmStage) => void
}
type Base = Pick<Context, 'db' | 'now' | 'settings'>

/** What stands wrong now. An incident waits either with time left or too long. */
async function readTroubles(connection: Connection, { now, settings }: Base): Promise<Trouble[]> {
  const times = settings.current().alarm_times
  const at = now().getTime()
  const crews = (await store.readCrewsAtRest(connection)).map(
    ({ id, incident_id, unit_id, priority, since, heard }): Trouble => ({
      ...{ kind: heard ? 'CREW_STILL' : 'CREW_SILENT', subject_id: id, assignment_id: id },
      ...{ call_id: null, incident_id, unit_id, priority, since: Date.parse(since) },
    }),
  )
  const waiting = (await store.readWaiting(connection)).map(({ id, priority, since }): Trouble => {
    const isLate = at - Date.parse(since) >= patienceOf({ kind: 'WAITING_LATE', priority }, times)
    return {
      ...{ kind: isLate ? 'WAITING_LATE' : 'WAITING_SOON', subject_id: id, incident_id: id, priority },
      ...{ call_id: null, unit_id: null, assignment_id: null, since: Date.parse(since) },
    }
  })
  const calls = (await store.readTroubledCalls(connection)).flatMap((one): Trouble[] => {
    const about = {
      ...{ subject_id: one.id, call_id: one.id, incident_id: one.incident_id, unit_id: null },
      ...{ assignment_id: null, priority: null, since: Date.parse(one.since) },
    }
    const kinds: [AlarmKind, boolean][] = [
      ['PERSON_WANTED', one.wanted],
      ['LOST_CONTACT', one.lost],
    ]
    return kinds.flatMap(([kind, holds]) => (holds ? [{ ...about, kind }] : []))
  })
  return [...crews, ...waiting, ...calls]
}

const system = systemActor()
const nameOf = ({ kind, subject_id }: Pick<Trouble, 'kind' | 'subject_id'>) => `${kind} ${subject_id}`

function tell(id: number, one: Trouble, stage: AlarmStage, at: string): FactDraft {
  const { kind, call_id, incident_id, unit_id, assignment_id } = one
  const about = { at, actor: system, call_id, incident_id, unit_id }
  if (stage === 'CREW')
    return { ...about, type: 'crew_alerted_again', data: { alarm_id: id, kind, assignment_id } }
  const data = { alarm_id: id, kind, stage, words: alarmWords[kind], assignment_id }
  return { ...about, type: 'alarm_raised', data }
}

/** Raises, passes on and ends alarms as the rules say; nothing when another process is at it. */
export async function watchAlarms(ctx: Base, { onAlarm }: Watching): Promise<void> {
  const told = await transaction(ctx.db, async (connection) => {
    if (!(await store.takeWatching(connection))) return []
    const now = ctx.now()
    const at = now.toISOString()
    const troubles = await readTroubles(connection, ctx)
    const standing = new Map((await store.readStanding(connection)).map((one) => [nameOf(one), one]))
    const facts: FactDraft[] = []
    const raised: [AlarmKind, AlarmStage][] = []
    for (const one of troubles) {
      const before = standing.get(nameOf(one))
      standing.delete(nameOf(one))
      const known = before && {
        ...{ stage: before.stage, stageAt: Date.parse(before.stage_at) },
        isAcknowledged: before.acknowledged_at !== null,
      }
      const stage = nextStage(one, known, now.getTime(), ctx.settings.current().alarm_times)
      if (!stage) continue
      if (before) await store.moveStage(connection, before.id, stage, at)
      const id = before?.id ?? (await store.insertAlarm(connection, { ...one, stage, stage_at: at }))
      facts.push(tell(id, one, stage, at))
      raised.push([one.kind, stage])
    }
    facts.push(...(await endOver(connection, [...standing.values()], at)))
    if (facts.length > 0) await record(connection, facts)
    return raised
  })
  for (const [kind, stage] of told) onAlarm(kind, stage)
}

/** Ends alarms whose trouble is over; desks are told of those that they were told of. */
async function endOver(connection: Connection, over: readonly store.StandingAlarm[], at: string) {
  if (over.length === 0) return []
  await store.endAlarms(
    connection,
    over.map(({ id }) => id),
    at,
  )
  const shown = over.filter(({ stage }) => stage !== 'CREW')
  return shown.map(({ id, kind, call_id, incident_id, unit_id }): FactDraft => {
    const data = { alarm_id: id, kind, words: alarmWords[kind] }
    return { at, type: 'alarm_ended', actor: system, call_id, incident_id, unit_id, data }
  })
}
