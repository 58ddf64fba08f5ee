import { hasPgbench, runPgbench } from './pgbench.ts'
import { type RawResult, runRawLoad } from './raw-load.ts'
import type { Scene, Stage } from './stage.ts'
import { checked, noneYet } from './tally.ts'
import type { Scripts } from './write-workloads.ts'

/** One way to write the same rows without a server. */
export type RawVariant = { name: string; run: (seconds: number) => Promise<RawResult> }

const clientCounts = [8, 32]
const perRunTotal = (perRun: object) => Object.values(perRun).reduce((sum, one) => sum + one, 0)

function pgbenchVariant(stage: Stage, scene: Scene, { pgbench }: Scripts, clients: number): RawVariant {
  const { script, variables, perRun } = pgbench
  const run = async (seconds: number) => {
    const { folder, signal } = stage
    const { login } = scene
    const ran = await runPgbench({ login, folder, script, variables, clients, seconds, signal })
    const acknowledged = noneYet()
    for (const kind of ['opened', 'added', 'completed'] as const)
      acknowledged[kind] = perRun[kind] * ran.times
    return { acknowledged, perSecond: ran.perSecond * perRunTotal(perRun) }
  }
  return { name: `pgbench, ${clients} clients`, run }
}

/** Our own client and, where it is installed, pgbench; with few and with many connections. */
export function listVariants(stage: Stage, scene: Scene, scripts: Scripts): RawVariant[] {
  const own = clientCounts.map((clients) => ({
    name: `own client, ${clients} connections`,
    run: (seconds: number) => runRawLoad({ login: scene.login, clients, seconds, script: scripts.raw }),
  }))
  if (!hasPgbench()) return own
  return [...own, ...clientCounts.map((clients) => pgbenchVariant(stage, scene, scripts, clients))]
}

/** A checkpoint first, so that no phase pays for the pages another one wrote. */
export async function measure<T extends RawResult>(scene: Scene, who: string, run: () => Promise<T>) {
  await scene.sql.query('CHECKPOINT')
  return checked(scene.sql, who, run)
}

/** Tries all variants for a short time; gives the two best, the better one first, and what each reached. */
export async function chooseVariants(scene: Scene, variants: readonly RawVariant[], seconds: number) {
  const tried: { variant: RawVariant; perSecond: number }[] = []
  for (const variant of variants) {
    const { perSecond } = await measure(scene, `raw (${variant.name})`, () => variant.run(seconds))
    tried.push({ variant, perSecond })
  }
  const sorted = tried.toSorted((a, b) => b.perSecond - a.perSecond)
  return { best: sorted.slice(0, 2).map((one) => one.variant), tried }
}
