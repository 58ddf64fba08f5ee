import type { Context } from '../context.ts'
import { isPosition } from '../lib/geo.ts'
import {
  insertPredictions,
  newestAssignment,
  type Prediction,
  readSent,
  type Sent,
} from './store-predictions.ts'
import type { Streets } from './streets.ts'

/** Assignments of one look; in a greater rush some have no prediction, which a fit can do without. */
const mostAtOnce = 200
/** Ids are given before the commit, so an older one may appear after a newer one. */
const overlap = 500

/** Units of one incident are asked about together. */
function byIncident(sent: readonly Sent[]): Sent[][] {
  const groups = Map.groupBy(sent, (one) => `${one.incident_id} ${one.priority}`)
  return [...groups.values()]
}

/**
 * Writes down how long the drives of units that were just sent should take, from where they are now. A look a
 * second costs the dispatch nothing, and a unit does not get far in a second.
 */
export function createPredictions(ctx: Context, streets: Streets) {
  let after: number | undefined
  return async function keepPredictions(): Promise<void> {
    after ??= await newestAssignment(ctx.db)
    const sent = await readSent(ctx.db, after, overlap, mostAtOnce)
    if (sent.length === 0) return
    const at = ctx.now().toISOString()
    const made: Prediction[] = []
    for (const group of byIncident(sent)) {
      const [{ incident, priority }] = group as [Sent]
      if (!isPosition(incident)) continue
      const places = group.map((one) => one.unit)
      const found = await streets.drives.expected(places, incident, { priority, at })
      for (const [index, { assignment_id }] of group.entries()) {
        const { seconds, metres, source } = found[index] ?? {}
        if (seconds === undefined || metres === undefined || source === undefined) continue
        made.push({ assignment_id, source, priority, seconds, metres })
      }
    }
    if (made.length > 0) await insertPredictions(ctx.db, made, at)
    after = Math.max(after, ...sent.map((one) => one.assignment_id))
  }
}
