import { isRefusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { isPosition } from '../lib/geo.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { liftClosure } from './lift-closure.ts'
import { findEnds } from './reads.ts'
import { setClosure } from './set-closure.ts'
import { readClosures } from './store.ts'
import type { Streets } from './streets.ts'

type Ids = 'readRoute' | 'listClosures' | 'setClosure' | 'liftClosure' | 'readDriveTimes'

/** Ways, closures, and where drive times come from. */
export function streetRoutes(ctx: Context, streets: Streets): SomeHandlers<Ids> {
  return {
    readRoute: async ({ params: { id }, query: { unit_id } }, { caller: { actor, role } }) => {
      const personId = role === 'paramedic' ? Number(actor.id) : undefined
      const ends = await findEnds(ctx.db, { incident_id: id, unit_id }, personId)
      if (!ends) return refuse('not_found', { detail: 'There is no such incident, or no such unit on it.' })
      const { unit, incident } = ends
      if (!isPosition(unit)) return refuse('no_position', { detail: 'Where the unit is, is not known.' })
      if (!isPosition(incident)) return refuse('no_position', { detail: 'The incident is not on the map.' })
      const when = { priority: incident.priority, at: ctx.now().toISOString() }
      const { line, ...estimate } = await streets.drives.route(unit, incident, when)
      const geometry = { type: 'LineString' as const, coordinates: line }
      return { status: 200, body: { unit_id, incident_id: id, geometry, ...estimate } }
    },
    listClosures: async () => {
      const results = await readClosures(ctx.db.pool, ctx.now().toISOString())
      return { status: 200, body: { results } }
    },
    setClosure: async ({ body }, { caller: { actor } }) => {
      const set = await setClosure(ctx, streets, actor, body)
      return isRefusal(set) ? set : { status: 201, body: set }
    },
    liftClosure: async ({ params: { id } }, { caller: { actor } }) => {
      const lifted = await liftClosure(ctx, streets, actor, id)
      return isRefusal(lifted) ? lifted : { status: 200, body: lifted }
    },
    readDriveTimes: async () => ({ status: 200, body: streets.show() }),
  }
}
