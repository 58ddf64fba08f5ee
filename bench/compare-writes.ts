import { type LoadResult, runLoad } from './http-load.ts'
import type { Options } from './options.ts'
import { type Cost, chooseVariants, listVariants, measure, measureVariant, type RawVariant } from './raw.ts'
import { type Row, spread, type Target } from './report.ts'
import { createRequests } from './requests.ts'
import type { Say, Scene, Stage } from './stage.ts'
import { checkWhole } from './tally.ts'
import type { Load, WriteWorkload } from './workload.ts'

const warmUpSeconds = 6
const pilotSeconds = 1
/** How often a round is tried at most when the machine is not quiet, for each that is wanted. */
const mostTries = 10

type Observed = LoadResult & Cost & { groupSize: number; groupMs: number }
type RawFigure = { name: string; perSecond: number } & Pick<Cost, 'postgresMicros' | 'otherCores'>
type Round = { raw: RawFigure; ours: ReadonlyMap<Load, Observed> }
type Run = (load: Load, seconds: number) => Promise<LoadResult>

/** Runs a load and reads what the server counted meanwhile. */
async function observe(scene: Scene, load: Load, seconds: number, run: Run): Promise<Observed> {
  const { server } = scene
  const before = await server.metrics()
  const result = await measure(scene, load.name, () => run(load, seconds))
  const after = await server.metrics()
  const gained = (name: string) =>
    ['intake', 'desk']
      .map((lane) => `${name}{lane="${lane}"}`)
      .reduce((sum, series) => sum + (after.get(series) ?? 0) - (before.get(series) ?? 0), 0)
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
  const figures: RawFigure[] = []
  for (const variant of variants) {
    const { perSecond, postgresMicros, otherCores } = await measureVariant(scene, variant, seconds)
    figures.push({ name: variant.name, perSecond, postgresMicros, otherCores })
  }
  return figures.reduce((best, one) => (one.perSecond > best.perSecond ? one : best))
}

function toTargets({ ratioTarget, p99TargetMs }: Load, ratio: number, p99: number): Target[] {
  const targets: Target[] = []
  if (ratioTarget !== undefined) targets.push({ text: `ratio >= ${ratioTarget}`, met: ratio >= ratioTarget })
  if (p99TargetMs !== undefined) targets.push({ text: `p99 <= ${p99TargetMs} ms`, met: p99 <= p99TargetMs })
  return targets
}

/** What lies behind the figures of a row. */
function describe(load: Load, rounds: readonly Round[], pilot: string): string[] {
  const ours = rounds.map((round) => round.ours.get(load) as Observed)
  const raw = rounds.map((round) => round.raw)
  const median = <T>(all: readonly T[], pick: (one: T) => number) => spread(all.map(pick)).median
  const micros = (pick: (one: Observed) => number) => `${median(ours, pick).toFixed(0)} µs`
  const two = (value: number) => value.toFixed(2)
  const size = median(ours, (one) => one.groupSize)
  // Not every lane of group commits tells the metrics of its groups.
  const groups = `${two(size)} writes a group, ${two(median(ours, (one) => one.groupMs))} ms a group; `
  return [
    `${load.connections} connections; ${size > 0 ? groups : ''}` +
      `longest request ${two(Math.max(...ours.map((one) => one.latencies.max())))} ms`,
    `CPU a request: server ${micros((one) => one.serverMicros)}, ` +
      `PostgreSQL ${micros((one) => one.postgresMicros)} ` +
      `(raw ${median(raw, (one) => one.postgresMicros).toFixed(0)} µs)`,
    `cores taken: load generator ${two(median(ours, (one) => one.loadCores))}, ` +
      `programs that are not ours ${two(median(ours, (one) => one.otherCores))} ` +
      `(beside raw ${two(median(raw, (one) => one.otherCores))})`,
    `raw, best of each round: ${raw.map((one) => one.name).join('; ')}; pilot: ${pilot}`,
  ]
}

function toRow(load: Load, rounds: readonly Round[], pilot: string): Row {
  const ours = rounds.map((round) => round.ours.get(load) as Observed)
  const of = (pick: (one: Observed) => number) => spread(ours.map(pick))
  const ratio = spread(rounds.map(({ raw }, at) => (ours[at] as Observed).perSecond / raw.perSecond))
  const p99 = of((one) => one.latencies.quantile(0.99))
  return {
    workload: load.name,
    unit: 'req/s',
    ours: of((one) => one.perSecond),
    raw: spread(rounds.map(({ raw }) => raw.perSecond)),
    ratio,
    p50: of((one) => one.latencies.quantile(0.5)),
    p99,
    targets: toTargets(load, ratio.median, p99.median),
    notes: describe(load, rounds, pilot),
  }
}

/** The most cores that other programs took in a phase of the round. */
const disturbance = ({ raw, ours }: Round) =>
  Math.max(raw.otherCores, ...[...ours.values()].map((one) => one.otherCores))

/** Rounds until there are enough of them in which other programs let us measure. */
async function gather(options: Options, tell: Say, measureRound: () => Promise<Round>): Promise<Round[]> {
  const { rounds, quiet } = options
  const kept: Round[] = []
  for (let tried = 1; kept.length < rounds && tried <= rounds * mostTries; tried += 1) {
    const round = await measureRound()
    const others = disturbance(round)
    const name = `round ${kept.length + 1}/${rounds}`
    for (const [load, one] of round.ours) {
      const figures = `ours ${Math.round(one.perSecond)}, raw ${Math.round(round.raw.perSecond)}`
      tell(`${load.name} ${name}: ${figures} (${round.raw.name}); others took ${others.toFixed(2)} cores`)
    }
    if (quiet === undefined || !(others > quiet)) kept.push(round)
  }
  if (kept.length < rounds) tell(`only ${kept.length} rounds were quiet enough`)
  if (kept.length === 0) throw new Error('other programs never let us measure; try again later')
  return kept
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
  for (const load of loads) {
    await scripts.stock?.(warmUpSeconds)
    await run(load, warmUpSeconds)
  }
  const { best, pilot } = await chooseVariants(scene, listVariants(stage, scene, scripts), pilotSeconds)

  const rounds = await gather(options, tell, async () => {
    const raw = await measureRaw(scene, best, seconds)
    const ours = new Map<Load, Observed>()
    for (const load of loads) {
      await scripts.stock?.(seconds)
      ours.set(load, await observe(scene, load, seconds, run))
    }
    return { raw, ours }
  })
  await checkWhole(scene.sql, workload.name)
  await scene.server.stop()
  return loads.map((load) => toRow(load, rounds, pilot))
}
