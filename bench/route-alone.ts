import { monitorEventLoopDelay } from 'node:perf_hooks'
import { toColumns } from '../server/lib/geo.ts'
import type { GraphThread } from '../server/streets/graph-thread.ts'
import { createLatencies, type Latencies } from './latency.ts'
import { seeded, somewhere } from './random-city.ts'
import { NotWhatWasAcknowledged } from './tally.ts'

/** `cpuMs` is of a core for each question, of which other programs take little. */
export type Measured = { took: Latencies; stall: number; cpuMs: number }

/** Drives of the fleet to one incident after the other, and how long the event loop stood still meanwhile. */
export async function timeRoutes(
  thread: GraphThread,
  side: number,
  units: number,
  seconds: number,
): Promise<Measured> {
  const random = seeded(units)
  const { latitudes, longitudes } = toColumns(Array.from({ length: units }, () => somewhere(side, random)))
  const took = createLatencies()
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  const before = process.cpuUsage()
  const until = performance.now() + seconds * 1_000
  while (performance.now() < until) {
    const question = { one: somewhere(side, random), direction: 'to', profile: 'siren', slowdown: 1 } as const
    const begun = performance.now()
    const drives = await thread.times(question, latitudes, longitudes)
    took.record(performance.now() - begun)
    if (!drives) throw new NotWhatWasAcknowledged('route: the thread gave no answer')
  }
  loop.disable()
  const { user, system } = process.cpuUsage(before)
  return { took, stall: loop.max / 1e6, cpuMs: (user + system) / 1_000 / took.count() }
}
