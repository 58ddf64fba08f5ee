import { type LoadResult, runLoad } from './http-load.ts'
import type { Options } from './options.ts'
import { chooseVariants, listVariants, measure } from './raw.ts'
import { type Row, spread, type Target } from './report.ts'
import { createRequests } from './requests.ts'
import type { Scene, Stage } from './stage.ts'
import { checkWhole } from './tally.ts'
import type { Load, WriteWorkload } from './write-workloads.ts'

const warmUpSeconds = 2
const pilotSeconds = 1

/** One load of the server in one round. */
type Measured = LoadResult & { ratio: number; groupSize: number; groupMs: number; serverCores: number }

type Run = (load: Load, seconds: number) => Promise<LoadResult>

/** Runs a load and reads what the server counted meanwhile. */
async function observe(scene: Scene, load: Load, seconds: number, run: Run): Promise<Omit<Measured, 'ratio'>> {
  const { server } = scene
  const [before, cpuBefore] = [await server.metrics(), server.cpuSeconds()]
  const result = await measure(scene, load.name, () => run(load, seconds))
  const [after, cpuAfter] = [await server.metrics(), server.cpuSeconds()]
  const gained = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0)
  const groups = gained('toneout_group_size_count')
  return {
    ...result,
    groupSize: gained('toneout_group_size_sum') / groups,
    groupMs: (gained('toneout_group_commit_seconds_sum') / groups) * 1_000,
    serverCores: ((cpuAfter ?? Number.NaN) - (cpuBefore ?? Number.NaN)) / seconds,
  }
}

function toRow(load: Load, measured: readonly Measured[], raw: readonly number[], said: string[]): Row {
  const of = (pick: (one: Measured) => number) => spread(measured.map(pick))
  const ratio = of((one) => one.ratio)
  const p99 = of((one) => one.latencies.quantile(0.99))
  const targets: Target[] = []
  const { ratioTarget, p99TargetMs } = load
  if (ratioTarget !== undefined) {
    targets.push({ text: `ratio >= ${ratioTarget}`, met: ratio.median >= ratioTarget })
  }
  if (p99TargetMs !== undefined)
    targets.push({ text: `p99 <= ${p99TargetMs} ms`, met: p99.median <= p99TargetMs })
  const median = (pick: (one: Measured) => number) => of(pick).median.toFixed(2)
  const longest = of((one) => one.latencies.max()).max.toFixed(1)
  const observed =
    `${median((one) => one.groupSize)} writes a group, ${median((one) => one.groupMs)} ms a group, ` +
    `longest request ${longest} ms; cores: server ${median((one) => one.serverCores)}, ` +
    `load generator ${median((one) => one.loadCores)}`
  return {
    workload: load.name,
    unit: 'req/s',
    ours: of((one) => one.perSecond),
    raw: spread(raw),
    ratio,
    p50: of((one) => one.latencies.quantile(0.5)),
    p99,
    targets,
    notes: [observed, ...said],
  }
}

type Say = (line: string) => void

/** Raw, ours, raw, ours, … on the same tables; the ratio of a round is that of its own two figures. */
export async function compareWrites(
  stage: Stage,
  workload: WriteWorkload,
  options: Options,
  say: Say,
): Promise<Row[]> {
  const { rounds, seconds } = options
  const loads = workload.loads.filter(({ name }) => options.workloads.includes(name))
  const scene = await stage.open(workload.name, { profile: options.profile })
  const { server, sql, aiKey } = scene
  const scripts = await workload.prepare(scene, createRequests(server.port, aiKey))
  const run: Run = (load, time) =>
    runLoad({ port: server.port, connections: load.connections, seconds: time, script: scripts.ours })

  for (const load of loads) await run(load, warmUpSeconds)
  const variants = listVariants(stage, scene, scripts)
  const { best, tried } = await chooseVariants(scene, variants, pilotSeconds)
  const pilot = tried.map((one) => `${one.variant.name} ${Math.round(one.perSecond)}`).join('; ')
  const measured = new Map<Load, Measured[]>(loads.map((load) => [load, []]))
  const raw: number[] = []
  const winners: string[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const figures: { name: string; perSecond: number }[] = []
    for (const { name, run: runVariant } of best) {
      const { perSecond } = await measure(scene, `raw (${name})`, () => runVariant(seconds))
      figures.push({ name, perSecond })
    }
    const winner = figures.reduce((one, other) => (other.perSecond > one.perSecond ? other : one))
    raw.push(winner.perSecond)
    winners.push(winner.name)
    for (const load of loads) {
      const result = await observe(scene, load, seconds, run)
      const ratio = result.perSecond / winner.perSecond
      measured.get(load)?.push({ ...result, ratio })
      say(`${load.name} ${round}/${rounds}: ours ${Math.round(result.perSecond)}, ` +
        `raw ${Math.round(winner.perSecond)} (${winner.name}), ratio ${ratio.toFixed(2)}`)
    }
  }
  await checkWhole(sql, workload.name)
  await server.stop()
  const said = [`raw, all tried for ${pilotSeconds} s: ${pilot}; best of each round: ${winners.join('; ')}`]
  return loads.map((load) => toRow(load, measured.get(load) ?? [], raw, said))
}
