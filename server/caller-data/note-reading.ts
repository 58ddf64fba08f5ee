import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { createOnceInAWhile } from '../lib/once-in-a-while.ts'
import { record } from '../timeline/record.ts'

type OfCall = { id: number; created_at: string; completed_at: string | null }
/** Notes that somebody reads what was said in a call, before it is shown. */
export type NoteReading = (actor: Actor, call: OfCall) => Promise<void>

/** Until then reading is the work of a desk that has the call, and its hand-over. */
const deskMs = 24 * 3_600_000
/** A page reads a call again when it changes, and in parts: within this time that is one reading. */
const sameMs = 3_600_000

async function noteReading(ctx: Context, actor: Actor, call_id: number): Promise<undefined> {
  const fact = { at: ctx.now().toISOString(), type: 'words_read', actor, call_id, data: {} } as const
  await transaction(ctx.db, (connection) => record(connection, [fact]))
}

/** Who reads the words of a call that has been over for a day is on the record, once an hour. */
export function createReadingNotes(ctx: Context): NoteReading {
  const once = createOnceInAWhile({ ms: sameMs, most: 10_000 })
  return async (actor, { id, created_at, completed_at }) => {
    const now = ctx.now().getTime()
    if (now - Date.parse(completed_at ?? created_at) <= deskMs) return
    await once(`${actor.kind} ${actor.id} ${id}`, now, () => noteReading(ctx, actor, id))
  }
}
