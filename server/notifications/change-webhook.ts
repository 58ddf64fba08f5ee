import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Webhook, WebhookChange } from '@toneout/contract/model/webhook.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { differences } from '../lib/differences.ts'
import { record } from '../timeline/record.ts'
import { refuseUrl } from './rules-webhook.ts'
import * as store from './store-webhooks.ts'

/** Changes a webhook; `paused: false` lets it go on with what has waited and is of use still. */
export async function changeWebhook(
  ctx: Context,
  actor: Actor,
  id: number,
  { paused, ...change }: WebhookChange,
): Promise<Webhook | Refusal> {
  const fault = change.url === undefined ? undefined : refuseUrl(change.url, ctx.config.channels.webhookHosts)
  if (fault) return refuse('invalid', { fields: { url: [fault] } })
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const before = await store.holdWebhook(connection, id)
    if (!before) return refuse('not_found', { detail: 'There is no webhook with this id.' })
    const goesOn = paused === false ? { paused_at: null, failures: 0 } : {}
    const changes = differences(before, { ...change, ...goesOn })
    if (Object.keys(changes).length === 0) return before
    const after = { ...before, ...change, ...goesOn }
    await store.writeWebhook(connection, after)
    const data = {
      webhook_id: id,
      action: 'changed',
      host: URL.parse(after.url)?.host,
      fields: Object.keys(changes),
    }
    await record(connection, [{ at, type: 'webhook_changed', actor, data }])
    return after
  })
}
