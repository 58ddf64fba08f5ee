import type { Notice } from '@toneout/contract/model/message.ts'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { type FactDraft, record } from '../timeline/record.ts'
import { faultOf, type Outlets } from './channel.ts'
import { openContact, openSecret } from './contact-seal.ts'
import { judge, type Outcome, type Patience, patience, pauseAfter, type Verdict } from './rules-retry.ts'
import { type Params, wordsFor } from './rules-words.ts'
import { sendWebhook } from './send-webhook.ts'
import * as store from './store.ts'
import { findContact } from './store-recipients.ts'
import * as webhooks from './store-webhooks.ts'

export type Delivering = {
  outlets: Outlets
  /** From 0 to 1, for the random half of a pause. */
  chance: () => number
  /** Other patience than usual, in tests. */
  patience?: Partial<Patience>
  onStep?: (step: string) => void
}

type Base = Pick<Context, 'db' | 'now' | 'vault' | 'config'>

const gone = (fault: string): Outcome => ({ done: false, fault, final: true })
export const keyOf = ({ id, round }: Pick<store.Due, 'id' | 'round'>) => `toneout-${id}-${round}`

async function toWebhook(ctx: Base, one: store.Due, timeoutMs: number): Promise<Outcome> {
  const target = await webhooks.findTarget(ctx.db.pool, one.webhook_id as number)
  if (!target) return gone('no such webhook')
  const body = JSON.stringify({ id: keyOf(one), ...one.data })
  const seconds = Math.floor(ctx.now().getTime() / 1_000)
  const secret = openSecret(ctx.vault, target.id, target.secret)
  const parcel = { key: keyOf(one), event: one.event, url: target.url, secret, body, seconds, timeoutMs }
  return sendWebhook(parcel, ctx.config.channels.webhookHosts)
}

async function toPerson(ctx: Base, delivering: Delivering, one: store.Due, timeoutMs: number) {
  const personId = one.person_id as number
  const contact = await findContact(ctx.db.pool, personId)
  if (!contact || contact.duty === 'NEVER') return gone('not on duty any more')
  const words = wordsFor(one.event as Notice, one.channel, contact.language, one.data as Params)
  const parcel = { key: keyOf(one), words, timeoutMs }
  const column = one.channel === 'EMAIL' ? 'email' : 'phone'
  const address = openContact(ctx.vault, column, personId, contact[column])
  if (address === null) return gone('no address')
  const outlet = one.channel === 'WEBHOOK' ? undefined : delivering.outlets[one.channel]
  return outlet ? outlet(parcel, address) : gone('not set up')
}

const system = { kind: 'system', id: null, name: 'system' } as const

function factOf(one: store.Due, type: FactDraft['type'], at: string, more: object): FactDraft {
  const { id, event, channel, recipient, incident_id, unit_id } = one
  const data = { message_id: id, event, channel, recipient, ...more }
  return { at, type, actor: system, incident_id, unit_id, data }
}

/** What a webhook's try means for the webhook; a fact when it is paused. */
async function noteWebhook(connection: Connection, one: store.Due, now: Date, isDone: boolean) {
  const id = one.webhook_id as number
  if (isDone) return void (await webhooks.noteSuccess(connection, id))
  const at = now.toISOString()
  const since = new Date(now.getTime() - pauseAfter.ms).toISOString()
  const paused = await webhooks.noteFailure(connection, id, { at, failures: pauseAfter.failures, since })
  if (paused === undefined) return undefined
  const data = { webhook_id: id, host: URL.parse(paused)?.host ?? '' }
  return { at, type: 'webhook_paused', actor: system, data } as const
}

/** Writes down what came of a try, with the facts that tell of it. */
async function keep(ctx: Base, one: store.Due, verdict: Verdict, isDone: boolean): Promise<void> {
  const now = ctx.now()
  const at = now.toISOString()
  const due_at = verdict.state === 'WAITING' ? new Date(verdict.dueMs).toISOString() : at
  const fault = verdict.state === 'DELIVERED' ? null : verdict.fault
  await transaction(ctx.db, async (connection) => {
    const { id, attempts } = one
    const kept = await store.finishTry(connection, { id, attempts, state: verdict.state, fault, due_at, at })
    const facts: FactDraft[] = []
    if (one.channel === 'WEBHOOK') {
      const paused = await noteWebhook(connection, one, now, isDone)
      if (paused) facts.push(paused)
    }
    // Programs of others are no people: what reached them is in the list, not in the history.
    const tells = verdict.state === 'FAILED' || (verdict.state === 'DELIVERED' && one.channel !== 'WEBHOOK')
    const type = verdict.state === 'FAILED' ? 'message_failed' : 'message_delivered'
    if (kept && tells) facts.push(factOf(one, type, at, fault === null ? {} : { fault }))
    if (facts.length > 0) await record(connection, facts)
  })
}

/** Tries a claimed message once, and keeps what came of it. */
export async function deliverMessage(ctx: Base, delivering: Delivering, one: store.Due): Promise<void> {
  const step = delivering.onStep ?? (() => {})
  const how = { ...patience[one.channel], ...delivering.patience }
  const times = { now: ctx.now().getTime(), expires: Date.parse(one.expires_at) }
  const send = () =>
    one.channel === 'WEBHOOK'
      ? toWebhook(ctx, one, how.timeoutMs)
      : toPerson(ctx, delivering, one, how.timeoutMs)
  const isLate = times.now >= times.expires
  const tried = isLate
    ? gone('too late')
    : await send().catch((error) => ({ done: false, fault: faultOf(error) }) as const)
  step('sent')
  const judged = judge(how, one.attempts, tried, { ...times, now: ctx.now().getTime() }, delivering.chance())
  await keep(ctx, one, judged, tried.done)
  step('kept')
}
