import { openDatabase } from '../server/lib/db.ts'
import { crowTimes } from '../server/lib/geo.ts'
import { readNear } from '../server/recommendations/read-near.ts'
import { toRankable } from '../server/recommendations/recommend.ts'
import { defaultNeeds, planOf } from '../server/recommendations/response-plans.ts'
import { limits, rankUnits } from '../server/recommendations/rules.ts'
import type { FleetUnit } from '../server/recommendations/store.ts'
import { createLatencies, type Latencies } from './latency.ts'
import type { Scene } from './stage.ts'
import { NotWhatWasAcknowledged } from './tally.ts'

/** The one that is asked about; nobody was sent there. */
export const incident = { id: 1, latitude: 37.68, longitude: -122.37 }
const plan = planOf(defaultNeeds, 'CARDIAC', 1)

/** Milliseconds by the clock, and of a core for each, which other programs take little of. */
export type Measured = { took: Latencies; cpuMs: number }

/** The ranking by itself, as the server does it once it has read the rows. */
export function rankAgain(near: readonly FleetUnit[], seconds: number): Measured {
  const took = createLatencies()
  const before = process.cpuUsage()
  const until = performance.now() + seconds * 1_000
  while (performance.now() < until) {
    const begun = performance.now()
    const at = new Date().toISOString()
    const units = near.map(toRankable)
    const { picks } = rankUnits(plan, incident, units, crowTimes(units, incident, 'siren', at), at)
    took.record(performance.now() - begun)
    if (picks.length !== plan.needs.length) throw new NotWhatWasAcknowledged('recommend: needs were not met')
  }
  const { user, system } = process.cpuUsage(before)
  return { took, cpuMs: (user + system) / 1_000 / took.count() }
}

/** The rows that the server reads for it. */
export async function readOnce({ login }: Scene): Promise<FleetUnit[]> {
  const db = openDatabase({ connection: login, onIdleError: () => {} })
  const since = new Date(Date.now() - limits.usableAge).toISOString()
  try {
    return await readNear(db, { incident, needs: plan.needs, since })
  } finally {
    await db.close()
  }
}
