import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { holdMessage, markAgain } from './reads.ts'
import { lifeOf } from './rules-drafts.ts'

/** Sends a message again; one that is on its way is left alone. Gives a refusal, or nothing. */
export async function resendMessage(ctx: Context, actor: Actor, id: number): Promise<Refusal | undefined> {
  const now = ctx.now()
  const at = now.toISOString()
  return transaction(ctx.db, async (connection) => {
    const found = await holdMessage(connection, id)
    if (!found) return refuse('not_found', { detail: 'There is no message with this id.' })
    if (found.state === 'WAITING') return refuse('message_waiting')
    const expires = new Date(now.getTime() + lifeOf(found.channel)).toISOString()
    await markAgain(connection, id, at, expires)
    const { event, channel, incident_id, unit_id } = found
    const data = { message_id: id, event, channel }
    await record(connection, [{ at, type: 'message_resent', actor, incident_id, unit_id, data }])
    return undefined
  })
}
