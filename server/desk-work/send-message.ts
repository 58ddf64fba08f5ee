import type { CrewMessage } from '@toneout/contract/model/desk-work.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { findUnit, insertMessage } from './store.ts'

type Sent = { status: 201; body: CrewMessage } | Refusal

/** Writes to the crew of a unit, about the incident it is on. */
export async function sendMessage(ctx: Context, actor: Actor, unit_id: number, text: string): Promise<Sent> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection): Promise<Sent> => {
    const unit = await findUnit(connection, unit_id)
    if (!unit) return refuse('not_found', { detail: 'There is no unit with this id.' })
    if (unit.retired_at !== null) return refuse('retired')
    const { incident_id } = unit
    const body = await insertMessage(connection, {
      unit_id,
      incident_id,
      text,
      sent_at: at,
      sent_by: actor.name,
    })
    const data = { message_id: body.id }
    await record(connection, [{ at, type: 'message_sent', actor, unit_id, incident_id, data }])
    return { status: 201, body }
  })
}
