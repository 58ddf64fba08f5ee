import type { Context } from '../context.ts'
import { openSecret } from './contact-seal.ts'
import type { Outcome } from './rules-retry.ts'
import type * as store from './store.ts'
import { findTarget } from './store-webhooks.ts'
import { sendWebhook } from './webhook-request.ts'

type Base = Pick<Context, 'db' | 'now' | 'vault' | 'config'>

/** What a provider tells a message by: the same in each try, another one when it is sent again. */
export const keyOf = ({ id, round }: Pick<store.Due, 'id' | 'round'>) => `toneout-${id}-${round}`

/** Sends a claimed message to its webhook, signed with the webhook's own secret. */
export async function toWebhook(ctx: Base, one: store.Due, timeoutMs: number): Promise<Outcome> {
  const target = await findTarget(ctx.db.pool, one.webhook_id as number)
  if (!target) return { done: false, fault: 'no such webhook', final: true }
  const body = JSON.stringify({ id: keyOf(one), ...one.data })
  const seconds = Math.floor(ctx.now().getTime() / 1_000)
  const secret = openSecret(ctx.vault, target.id, target.secret)
  const parcel = { key: keyOf(one), event: one.event, url: target.url, secret, body, seconds, timeoutMs }
  return sendWebhook(parcel, ctx.config.channels.webhookHosts)
}
