import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { replyPage } from '../lib/http/page-urls.ts'
import { changeIncident } from './change-incident.ts'
import { findDuplicates } from './find-duplicates.ts'
import { openIncident } from './open-incident.ts'
import { readTimeline } from './read-timeline.ts'
import { findIncident, findIncidentInFull } from './reads.ts'
import { readIncidents } from './search.ts'

type Ids =
  | 'openIncident'
  | 'listIncidents'
  | 'readIncident'
  | 'listDuplicates'
  | 'changeIncident'
  | 'readIncidentTimeline'

const none = refuse('not_found', { detail: 'There is no such incident.' })

export function incidentRoutes(ctx: Context): SomeHandlers<Ids> {
  return {
    openIncident: async ({ headers, body }, { caller: { actor } }) =>
      openIncident(ctx, actor, body, headers['idempotency-key']),
    listIncidents: async ({ query }, { request }) => {
      const page = await readIncidents(ctx.db, query)
      return replyPage(page, ctx.config, request, 'this list and ordering')
    },
    readIncident: async ({ params }) => {
      const incident = await findIncidentInFull(ctx.db, params.id)
      return incident ? { status: 200, body: incident } : none
    },
    listDuplicates: async ({ params }) => {
      const incident = await findIncident(ctx.db, params.id)
      if (!incident) return none
      return { status: 200, body: { results: await findDuplicates(ctx.db, incident) } }
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
