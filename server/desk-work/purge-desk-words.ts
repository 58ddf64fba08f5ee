import { systemActor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { deleteOldMessages, deleteOldNotes } from './store.ts'

/** Rows of each kind in one transaction. */
const batch = 500
const dayMs = 24 * 3_600_000

type Base = Pick<Context, 'db' | 'now'>

/**
 * Erases what desks wrote down about incidents and to crews, once it is older than the words of calls may be:
 * they repeat each other. What belongs to an open incident, or to one with a call that is held by law, stays.
 * Gives how many rows went; `days` null keeps all.
 */
export async function purgeDeskWords(ctx: Base, days: number | null): Promise<number> {
  if (days === null) return 0
  const before = new Date(ctx.now().getTime() - days * dayMs).toISOString()
  let gone = 0
  for (;;) {
    const { notes, messages } = await transaction(ctx.db, async (connection) => {
      const notes = await deleteOldNotes(connection, before, batch)
      const messages = await deleteOldMessages(connection, before, batch)
      if (notes + messages > 0) {
        const data = { notes, messages, why: `${days} days` }
        const at = ctx.now().toISOString()
        await record(connection, [{ at, type: 'desk_words_erased', actor: systemActor('retention'), data }])
      }
      return { notes, messages }
    })
    gone += notes + messages
    if (notes < batch && messages < batch) return gone
  }
}
