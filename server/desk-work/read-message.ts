import type { CrewMessage } from '@toneout/contract/model/desk-work.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { findOwnUnit, lockMessage, markRead } from './store.ts'

type Read = { status: 200; body: CrewMessage } | Refusal

/** Somebody of the crew says that a message was read; the first to say so is kept. */
export async function readMessage(ctx: Context, actor: Actor, id: number): Promise<Read> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection): Promise<Read> => {
    const message = await lockMessage(connection, id)
    const own = actor.id === null ? undefined : await findOwnUnit(connection, actor.id)
    if (!message || message.unit_id !== own) {
      return refuse('not_found', { detail: 'There is no such message to your unit.' })
    }
    if (message.read_at !== null) return { status: 200, body: message }
    await markRead(connection, id, at, actor.name)
    const { unit_id, incident_id } = message
    await record(connection, [
      { at, type: 'message_read', actor, unit_id, incident_id, data: { message_id: id } },
    ])
    return { status: 200, body: { ...message, read_at: at, read_by: actor.name } }
  })
}
