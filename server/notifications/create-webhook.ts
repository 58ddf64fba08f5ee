import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Webhook, WebhookCreation } from '@toneout/contract/model/webhook.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { randomToken } from '../lib/crypto.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { sealSecret } from './contact-seal.ts'
import { refuseUrl } from './rules-webhook.ts'
import * as store from './store-webhooks.ts'

/** Makes a webhook with a secret of its own, which is given this once. */
export async function createWebhook(
  ctx: Context,
  actor: Actor,
  { url, events }: WebhookCreation,
): Promise<(Webhook & { secret: string }) | Refusal> {
  const fault = refuseUrl(url, ctx.config.channels.webhookHosts)
  if (fault) return refuse('invalid', { fields: { url: [fault] } })
  const created_at = ctx.now().toISOString()
  const secret = randomToken()
  return transaction(ctx.db, async (connection) => {
    await store.lockWebhooks(connection)
    if ((await store.readWebhooks(connection)).length >= store.mostWebhooks)
      return refuse('too_many_webhooks')
    const id = await store.takeWebhookId(connection)
    const sealed = sealSecret(ctx.vault, id, secret)
    const made = await store.insertWebhook(connection, { id, url, events, created_at, secret: sealed })
    const data = { webhook_id: id, action: 'made', host: new URL(url).host, events }
    await record(connection, [{ at: created_at, type: 'webhook_changed', actor, data }])
    return { ...made, secret }
  })
}
