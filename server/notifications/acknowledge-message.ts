import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { holdMessage, markAcknowledged, type OwnRow } from './reads.ts'

type Base = Pick<Context, 'db' | 'now'>

/** Somebody has seen a message to themselves, on whichever channel; the first to say so is kept. */
export async function acknowledgeMessage(
  ctx: Base,
  actor: Actor,
  { id, person_id }: { id: number; person_id: number },
): Promise<OwnRow | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const found = await holdMessage(connection, id)
    if (found?.person_id !== person_id) return refuse('not_found', { detail: 'There is no such message.' })
    if (found.acknowledged_at !== null) return found
    await markAcknowledged(connection, id, at)
    const { event, channel, incident_id, unit_id, assignment_id } = found
    const data = { message_id: id, event, channel, person_id, assignment_id }
    await record(connection, [{ at, type: 'message_acknowledged', actor, incident_id, unit_id, data }])
    return { ...found, acknowledged_at: at }
  })
}
