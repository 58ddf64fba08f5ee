import { type LoadResult, runLoad } from './http-load.ts'
import type { Options } from './options.ts'
import { type Cost, chooseVariants, listVariants, measure, type RawVariant } from './raw.ts'
import { type Row, spread, type Target } from './report.ts'
import { createRequests } from './requests.ts'
import type { Say, Scene, Stage } from './stage.ts'
import { checkWhole } from './tally.ts'
import type { Load, WriteWorkload } from './write-workloads.ts'

const warmUpSeconds = 2
const pilotSeconds = 1

type Observed = LoadResult & Cost & { groupSize: number; groupMs: number }
type RawFigure = { name: string; perSecond: number; postgresMicros: number }
type Round = { raw: RawFigure; ours: ReadonlyMap<Load, Observed> }
type Run = (load: Load, seconds: number) => Promise<LoadResult>

/** Runs a load and reads what the server counted meanwhile. */
async function observe(scene: Scene, load: Load, seconds: number, run: Run): Promise<Observed> {
  const { server } = scene
  const before = await server.metrics()
  const result = await measure(scene, load.name, () => run(load, seconds))
  const after = await server.metrics()
  const gained = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0)
  const groups = gained('toneout_group_size_count')
  return {
    ...result,
    groupSize: gained('toneout_group_size_sum') / groups,
    groupMs: (gained('toneout_group_commit_seconds_sum') / groups) * 1_000,
  }
}

async function measureRaw(
  scene: Scene,
  variants: readonly RawVariant[],
  seconds: number,
): Promise<RawFigure> {
  let best: RawFigure = { name: 'none', perSecond: 0, postgresMicros: 0 }
  for (const { name, run } of variants) {
    const { perSecond, postgresMicros } = await measure(scene, `raw (${name})`, () => run(seconds))
    if (perSecond > best.perSecond) best = { name, perSecond, postgresMicros }
  }
  return best
}

function toTargets({ ratioTarget, p99TargetMs }: Load, ratio: number, p99: number): Target[] {
  const targets: Target[] = []
  if (ratioTarget !== undefined) targets.push({ text: `ratio >= ${ratioTarget}`, met: ratio >= ratioTarget })
  if (p99TargetMs !== undefined) targets.push({ text: `p99 <= ${p99TargetMs} ms`, met: p99 <= p99TargetMs })
  return targets
}

function toRow(load: Load, rounds: readonly Round[], pilot: string): Row {
  const ours = rounds.map((round) => round.ours.get(load) as Observed)
  const of = (pick: (one: Observed) => number) => spread(ours.map(pick))
  const median = (pick: (one: Observed) => number) => of(pick).median.toFixed(2)
  const micros = (pick: (one: Observed) => number) => `${of(pick).median.toFixed(0)} µs`
  const rawMicros = `${spread(rounds.map(({ raw }) => raw.postgresMicros)).median.toFixed(0)} µs`
  const ratio = spread(rounds.map(({ raw }, at) => (ours[at] as Observed).perSecond / raw.perSecond))
  const p99 = of((one) => one.latencies.quantile(0.99))
  const longest = of((one) => one.latencies.max()).max.toFixed(1)
  return {
    workload: load.name,
    unit: 'req/s',
    ours: of((one) => one.perSecond),
    raw: spread(rounds.map(({ raw }) => raw.perSecond)),
    ratio,
    p50: of((one) => one.latencies.quantile(0.5)),
    p99,
    targets: toTargets(load, ratio.median, p99.median),
    notes: [
      `${load.connections} connections; ${median((one) => one.groupSize)} writes a group, ` +
        `${median((one) => one.groupMs)} ms a group; longest request ${longest} ms`,
      `CPU a request: server ${micros((one) => one.serverMicros)}, PostgreSQL ` +
        `${micros((one) => one.postgresMicros)} (raw ${rawMicros}); load generator ` +
        `${median((one) => one.loadCores)} of a core`,
      `raw, best of each round: ${rounds.map(({ raw }) => raw.name).join('; ')}; pilot: ${pilot}`,
    ],
  }
}

/** Raw, ours, raw, ours, … on the same tables; the ratio of a round is that of its own two figures. */
export async function compareWrites(
  stage: Stage,
  workload: WriteWorkload,
  options: Options,
  tell: Say,
): Promise<Row[]> {
  const { seconds } = options
  const loads = workload.loads.filter(({ name }) => options.workloads.includes(name))
  const scene = await stage.open(workload.name, { profile: options.profile })
  const { port } = scene.server
  const scripts = await workload.prepare(scene, createRequests(port, scene.aiKey))
  const run: Run = ({ connections }, time) =>
    runLoad({ port, connections, seconds: time, script: scripts.ours })
  for (const load of loads) await run(load, warmUpSeconds)
  const { best, pilot } = await chooseVariants(scene, listVariants(stage, scene, scripts), pilotSeconds)

  const rounds: Round[] = []
  for (let round = 1; round <= options.rounds; round += 1) {
    const raw = await measureRaw(scene, best, seconds)
    const ours = new Map<Load, Observed>()
    for (const load of loads) {
      const observed = await observe(scene, load, seconds, run)
      ours.set(load, observed)
      const figures = `ours ${Math.round(observed.perSecond)}, raw ${Math.round(raw.perSecond)} (${raw.name})`
      tell(`${load.name} ${round}/${options.rounds}: ${figures}`)
    }
    rounds.push({ raw, ours })
  }
  await checkWhole(scene.sql, workload.name)
  await scene.server.stop()
  return loads.map((load) => toRow(load, rounds, pilot))
}
