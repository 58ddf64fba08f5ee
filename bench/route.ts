import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { graphPath, writeGraph } from '../server/streets/graph-file.ts'
import { openGraphThread } from '../server/streets/graph-thread.ts'
import type { Options } from './options.ts'
import { makeCity } from './random-city.ts'
import { type Row, spread, type Target } from './report.ts'
import { type Measured, timeRoutes } from './route-alone.ts'
import type { Say, Stage } from './stage.ts'

/** Milliseconds: docs/benchmarks.md. */
const limits = { p50: 8, p99: 20, stall: 20 }
const cities = [
  { name: '54,000 junctions', side: 233, seed: 7, isTimed: true },
  { name: '1,000,000 junctions', side: 1_000, seed: 8, isTimed: false },
] as const

function toRow(workload: string, results: readonly Measured[], isTimed: boolean, about: string): Row {
  const at = (q: number) => spread(results.map(({ took }) => took.quantile(q)))
  const [p50, p99, stall] = [at(0.5), at(0.99), spread(results.map((one) => one.stall))]
  const timed: Target[] = [
    { text: `p50 <= ${limits.p50} ms`, met: p50.median <= limits.p50 },
    { text: `p99 <= ${limits.p99} ms`, met: p99.median <= limits.p99 },
  ]
  const standing = { text: `no stall > ${limits.stall} ms`, met: stall.median <= limits.stall }
  const cpu = spread(results.map(({ cpuMs }) => cpuMs)).median.toFixed(1)
  const longest = `longest stall of the event loop ${stall.median.toFixed(1)} (${stall.min.toFixed(1)}-`
  return {
    ...{ workload, unit: 'ms', ours: p50, p50, p99 },
    targets: [...(isTimed ? timed : []), standing],
    notes: [`${about}; ${cpu} ms of a core each; ${longest}${stall.max.toFixed(1)}) ms`],
  }
}

/** Drive times of a fleet to one incident on random cities, as the server asks for them: in a thread. */
export async function measureRoute(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const rows: Row[] = []
  for (const { name, side, seed, isTimed } of cities) {
    const folder = join(stage.folder, `city-${side}`)
    mkdirSync(folder)
    const city = makeCity(side, seed)
    writeGraph(graphPath(folder), city)
    const opening = performance.now()
    const thread = await openGraphThread(graphPath(folder), () => {})
    const opened = performance.now() - opening
    for (const units of [500, 10_000]) {
      await timeRoutes(thread, side, units, 1)
      const results: Measured[] = []
      for (let round = 1; round <= options.rounds; round += 1) {
        results.push(await timeRoutes(thread, side, units, options.seconds))
        const p50 = results.at(-1)?.took.quantile(0.5).toFixed(1)
        tell(`route, ${units} units on ${name} ${round}/${options.rounds}: ${p50} ms`)
      }
      const about = `${city.about.core_segments} streets, opened in ${opened.toFixed(0)} ms`
      rows.push(toRow(`route, ${units} units, ${name}`, results, isTimed && units === 500, about))
    }
    await thread.end()
  }
  return rows
}
