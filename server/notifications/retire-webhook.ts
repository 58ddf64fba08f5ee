import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { holdWebhook, retireWebhook as markRetired } from './store-webhooks.ts'

/** Takes a webhook out of use; false when there is none. */
export async function retireWebhook(ctx: Context, actor: Actor, id: number): Promise<boolean> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const found = await holdWebhook(connection, id)
    if (!found) return false
    await markRetired(connection, id, at)
    const data = { webhook_id: id, action: 'taken out of use', host: URL.parse(found.url)?.host }
    await record(connection, [{ at, type: 'webhook_changed', actor, data }])
    return true
  })
}
