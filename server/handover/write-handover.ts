import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Handover, HandoverCreation } from '@toneout/contract/model/handover.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { insertHandover } from './store.ts'

/** Writes a note down; the timeline says that there is one, not what is in it. */
export function writeHandover(ctx: Context, actor: Actor, body: HandoverCreation): Promise<Handover> {
  const at = ctx.now().toISOString()
  const author_id = actor.kind === 'person' ? actor.id : null
  return transaction(ctx.db, async (connection) => {
    const note = await insertHandover(connection, {
      ...body,
      written_at: at,
      written_by: actor.name,
      author_id,
    })
    await record(connection, [{ at, type: 'handover_written', actor, data: { note_id: note.id } }])
    return note
  })
}
