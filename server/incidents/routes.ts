import { readInstant } from '@toneout/contract/model/text.ts'
import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor } from '../lib/cursor.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { withPageUrls } from '../lib/http/page-urls.ts'
import { changeIncident } from './change-incident.ts'
import { openIncident } from './open-incident.ts'
import { type After, findIncident, readAssignments, readIncidents, readTimeline } from './reads.ts'

type Ids = 'openIncident' | 'listIncidents' | 'readIncident' | 'changeIncident' | 'readIncidentTimeline'

const none = refuse('not_found', { detail: 'There is no such incident.' })

function readCursor(cursor: string): After | undefined {
  const [received_at, id] = decodeCursor(cursor) ?? []
  const at = typeof received_at === 'string' ? readInstant(received_at) : undefined
  return at && Number.isSafeInteger(id) ? { received_at: at, id: id as number } : undefined
}

export function incidentRoutes(ctx: Context): SomeHandlers<Ids> {
  return {
    openIncident: async ({ body }, { caller: { actor } }) => openIncident(ctx, actor, body),
    listIncidents: async ({ query }, { request }) => {
      const after = query.cursor === undefined ? undefined : readCursor(query.cursor)
      if (query.cursor !== undefined && !after) {
        return refuse('invalid', { fields: { cursor: ['Is not a cursor of this list.'] } })
      }
      const { rows, more } = await readIncidents(ctx.db, query, after)
      const last = rows.at(-1)
      const cursor = more && last ? encodeCursor([last.received_at, last.id]) : null
      const page = { next: cursor, previous: null, results: rows }
      return { status: 200, body: withPageUrls(page, ctx.config, request) }
    },
    readIncident: async ({ params }) => {
      const incident = await findIncident(ctx.db, params.id)
      if (!incident) return none
      return { status: 200, body: { ...incident, assignments: await readAssignments(ctx.db, params.id) } }
    },
    changeIncident: async ({ params, body }, { caller: { actor } }) =>
      changeIncident(ctx, actor, params.id, body),
    readIncidentTimeline: async ({ params, query }) => {
      if (!(await findIncident(ctx.db, params.id))) return none
      const body = await readTimeline(ctx.db, params.id, query.after ?? 0, query.page_size)
      return { status: 200, body }
    },
  }
}
