import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { addNote } from './add-note.ts'
import { readMessage } from './read-message.ts'
import { sendMessage } from './send-message.ts'
import { findOwnUnit, findUnit, hasIncident, readMessages, readNotes } from './store.ts'

type Ids =
  | 'addNote'
  | 'listNotes'
  | 'sendCrewMessage'
  | 'listCrewMessages'
  | 'listOwnCrewMessages'
  | 'readCrewMessage'

/** Messages in a list; older ones are on the timeline of their incidents. */
const listed = 50

export function deskWorkRoutes(ctx: Context): SomeHandlers<Ids> {
  const { pool } = ctx.db
  return {
    addNote: async ({ params, body }, { caller: { actor } }) => addNote(ctx, actor, params.id, body.text),
    listNotes: async ({ params, query }) => {
      if (!(await hasIncident(pool, params.id))) {
        return refuse('not_found', { detail: 'There is no such incident.' })
      }
      const rows = await readNotes(pool, params.id, query.after ?? 0, query.page_size + 1)
      const results = rows.slice(0, query.page_size)
      return { status: 200, body: { results, more: rows.length > results.length } }
    },
    sendCrewMessage: async ({ params, body }, { caller: { actor } }) =>
      sendMessage(ctx, actor, params.id, body.text),
    listCrewMessages: async ({ params }) => {
      if (!(await findUnit(pool, params.id))) {
        return refuse('not_found', { detail: 'There is no unit with this id.' })
      }
      return { status: 200, body: { results: await readMessages(pool, params.id, listed) } }
    },
    listOwnCrewMessages: async (_, { caller: { actor } }) => {
      const own = actor.id === null ? undefined : await findOwnUnit(pool, actor.id)
      const results = own === undefined ? [] : await readMessages(pool, own, listed)
      return { status: 200, body: { results } }
    },
    readCrewMessage: async ({ params }, { caller: { actor } }) => readMessage(ctx, actor, params.id),
  }
}
