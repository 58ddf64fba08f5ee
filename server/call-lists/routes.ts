import { noCall, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Role } from '@toneout/contract/roles.ts'
import type { Context } from '../context.ts'
import type { Caller, SomeHandlers } from '../lib/http/mount.ts'
import { type BulkIntake, changeCalls } from './change-calls.ts'
import { countFacets } from './count-facets.ts'
import { readHistory } from './read-history.ts'
import { saveView } from './save-view.ts'
import { deleteView, readColumns, readViews, writeColumns } from './store.ts'

type Ids =
  | 'countFacets'
  | 'changeCalls'
  | 'readCallHistory'
  | 'listViews'
  | 'saveView'
  | 'removeView'
  | 'readColumns'
  | 'chooseColumns'

type Asked = { search?: string; caller_number?: string }

/** What stands before every list of calls: what a role may not filter by, and that numbers are looked for. */
type Gate = {
  refuseFilters: (role: Role, asked: Asked) => Refusal | undefined
  noteNumberSearch: (who: Caller, asked: Asked) => Promise<Refusal | undefined>
}

/** Views of others in a list at most. */
const mostShared = 50

/** Programs keep no views: their credentials are no people. */
const personOf = ({ actor }: Caller) => (actor.kind === 'person' ? actor.id : null)
const noPerson = refuse('forbidden', { detail: 'Only people keep views.' })

export function callListRoutes(ctx: Context, intake: BulkIntake, gate: Gate): SomeHandlers<Ids> {
  const { pool } = ctx.db
  return {
    countFacets: async ({ query }, { caller }) => {
      const refusal = gate.refuseFilters(caller.role, query) ?? (await gate.noteNumberSearch(caller, query))
      return refusal ?? { status: 200, body: await countFacets(ctx, query) }
    },
    changeCalls: async ({ body }, { caller: { actor } }) => changeCalls(ctx, intake, actor, body),
    readCallHistory: async ({ params }) => {
      const body = await readHistory(ctx.db, params.call_sid)
      return body ? { status: 200, body } : noCall
    },
    listViews: async (_, { caller }) => {
      const person = personOf(caller)
      return {
        status: 200,
        body: { results: person === null ? [] : await readViews(pool, person, mostShared) },
      }
    },
    saveView: async ({ body }, { caller }) => {
      const person = personOf(caller)
      return person === null ? noPerson : saveView(ctx, person, body)
    },
    removeView: async ({ params }, { caller }) => {
      const person = personOf(caller)
      const gone = person !== null && (await deleteView(pool, person, params.id))
      return gone
        ? { status: 204, body: undefined }
        : refuse('not_found', { detail: 'You have no such view.' })
    },
    readColumns: async (_, { caller }) => {
      const person = personOf(caller)
      return { status: 200, body: { columns: person === null ? [] : await readColumns(pool, person) } }
    },
    chooseColumns: async ({ body }, { caller }) => {
      const person = personOf(caller)
      if (person === null) return noPerson
      await writeColumns(pool, person, body.columns)
      return { status: 200, body }
    },
  }
}
