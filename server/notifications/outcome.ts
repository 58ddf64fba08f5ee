import { systemActor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { type FactDraft, record } from '../timeline/record.ts'
import { pauseAfter, type Verdict } from './rules-retry.ts'
import * as store from './store.ts'
import * as webhooks from './store-webhooks.ts'

const system = systemActor()

/** The fact that tells what became of a message. */
export function factOf(one: store.Due, type: FactDraft['type'], at: string, more: object): FactDraft {
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
export async function keepOutcome(
  ctx: Pick<Context, 'db' | 'now'>,
  one: store.Due,
  verdict: Verdict,
  isDone: boolean,
): Promise<void> {
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
