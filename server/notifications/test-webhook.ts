import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { holdWebhook } from './store-webhooks.ts'

/** Asks for a test event to one webhook, whatever events it listens to; false when there is none. */
export async function testWebhook(ctx: Context, actor: Actor, id: number): Promise<boolean> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    if (!(await holdWebhook(connection, id))) return false
    await record(connection, [{ at, type: 'webhook_tested', actor, data: { webhook_id: id } }])
    return true
  })
}
