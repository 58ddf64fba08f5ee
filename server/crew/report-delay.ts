import type { DelayNote } from '@toneout/contract/model/crew.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { holdOwnAssignment, insertDelay } from './store.ts'

/** A crew tells what holds it up; the same press again tells nothing. */
export async function reportDelay(
  ctx: Context,
  actor: Actor,
  assignment_id: number,
  note: DelayNote,
): Promise<Refusal | undefined> {
  const now = ctx.now().toISOString()
  const happened_at = note.at ?? now
  if (happened_at > now) return refuse('invalid', { fields: { at: ['Must not be in the future.'] } })
  const person = actor.id ?? -1
  return transaction(ctx.db, async (connection) => {
    const own = await holdOwnAssignment(connection, { id: assignment_id, person })
    if (!own) return refuse('not_found', { detail: 'There is no such assignment.' })
    if (!own.isLive) return refuse('assignment_moved_on', { detail: 'The assignment has ended.' })
    const isNew = await insertDelay(connection, { ...note, person, assignment_id, happened_at, now })
    if (!isNew) return undefined
    const { cause, minutes = null } = note
    const data = { assignment_id, happened_at, cause, minutes, reason: note.reason || null }
    const { unit_id, incident_id } = own
    await record(connection, [{ at: now, type: 'unit_delayed', actor, unit_id, incident_id, data }])
    return undefined
  })
}
