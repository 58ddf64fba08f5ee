import { cpuSecondsWithEnded, machineSeconds } from './cpu.ts'
import { hasPgbench, runPgbench } from './pgbench.ts'
import { type RawResult, runRawLoad } from './raw-load.ts'
import type { Scene, Stage } from './stage.ts'
import { checked, kinds, noneYet, total } from './tally.ts'
import type { Scripts } from './workload.ts'

/** One way to write the same rows without a server. */
export type RawVariant = {
  name: string
  /** Makes what so many seconds use up. */
  stock?: (seconds: number) => Promise<void>
  run: (seconds: number) => Promise<RawResult>
}

const clientCounts = [8, 32]

function pgbenchVariant(
  stage: Stage,
  scene: Scene,
  { pgbench, stock }: Scripts,
  clients: number,
): RawVariant {
  const { script, perRun } = pgbench
  const run = async (seconds: number) => {
    const { folder, signal } = stage
    const { login } = scene
    const variables = pgbench.variables(clients)
    const ran = await runPgbench({ login, folder, script, variables, clients, seconds, signal })
    const acknowledged = noneYet()
    for (const kind of kinds) acknowledged[kind] = perRun[kind] * ran.times
    return { acknowledged, perSecond: ran.perSecond * total(perRun) }
  }
  return { name: `pgbench, ${clients} clients`, stock, run }
}

/** Our own client and, where it is installed, pgbench; with few and with many connections. */
export function listVariants(stage: Stage, scene: Scene, scripts: Scripts): RawVariant[] {
  const own = clientCounts.map((clients) => ({
    name: `own client, ${clients} connections`,
    stock: scripts.stock,
    run: (seconds: number) => runRawLoad({ login: scene.login, clients, seconds, script: scripts.raw }),
  }))
  if (!hasPgbench()) return own
  return [...own, ...clientCounts.map((clients) => pgbenchVariant(stage, scene, scripts, clients))]
}

/** Where the CPU time of a phase went. It says more than the rate where other programs share the cores. */
export type Cost = {
  /** Microseconds of CPU for each request. */
  serverMicros: number
  postgresMicros: number
  /** Cores that programs other than the server, PostgreSQL and the load generator took. */
  otherCores: number
}

/** A checkpoint first, so that no phase pays for the pages another one wrote. */
export async function measure<T extends RawResult>(
  { sql, server, postgresCpu }: Scene,
  who: string,
  run: () => Promise<T>,
): Promise<T & Cost> {
  const read = () =>
    [server.cpu(), postgresCpu(), cpuSecondsWithEnded(process.pid), machineSeconds()] as const
  await sql.query('CHECKPOINT')
  return checked(sql, who, async () => {
    const [begun, before] = [performance.now(), read()]
    const result = await run()
    const took = (performance.now() - begun) / 1_000
    const after = read()
    const spent = (at: 0 | 1 | 2 | 3) => after[at] - before[at]
    const micros = (seconds: number) => (seconds * 1e6) / total(result.acknowledged)
    const otherCores = Math.max(0, spent(3) - spent(2) - spent(1) - spent(0)) / took
    return { ...result, serverMicros: micros(spent(0)), postgresMicros: micros(spent(1)), otherCores }
  })
}

/** One phase of raw SQL; what it uses up is made before. */
export async function measureVariant(scene: Scene, { name, stock, run }: RawVariant, seconds: number) {
  await stock?.(seconds)
  return measure(scene, `raw (${name})`, () => run(seconds))
}

/** Tries all variants for a short time; gives the two best, and what each reached. */
export async function chooseVariants(scene: Scene, variants: readonly RawVariant[], seconds: number) {
  const tried: { variant: RawVariant; perSecond: number }[] = []
  for (const variant of variants) {
    const { perSecond } = await measureVariant(scene, variant, seconds)
    tried.push({ variant, perSecond })
  }
  const sorted = tried.toSorted((a, b) => b.perSecond - a.perSecond)
  const pilot = sorted.map((one) => `${one.variant.name} ${Math.round(one.perSecond)}`).join('; ')
  return { best: sorted.slice(0, 2).map((one) => one.variant), pilot }
}
