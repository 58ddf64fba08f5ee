import type { Note } from '@toneout/contract/model/desk-work.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { hasIncident, insertNote } from './store.ts'

type Added = { status: 201; body: Note } | Refusal

/** Writes a note down; the timeline says who and when, the text can be erased. */
export async function addNote(ctx: Context, actor: Actor, incident_id: number, text: string): Promise<Added> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection): Promise<Added> => {
    if (!(await hasIncident(connection, incident_id))) {
      return refuse('not_found', { detail: 'There is no such incident.' })
    }
    const body = await insertNote(connection, { incident_id, text, written_at: at, written_by: actor.name })
    await record(connection, [{ at, type: 'note_added', actor, incident_id, data: { note_id: body.id } }])
    return { status: 201, body }
  })
}
