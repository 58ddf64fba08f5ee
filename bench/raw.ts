import { hasPgbench, runPgbench } from './pgbench.ts'
import { type RawResult, runRawLoad } from './raw-load.ts'
import type { Scene, Stage } from './stage.ts'
import { checked, noneYet, total } from './tally.ts'
import type { Scripts } from './write-workloads.ts'

/** One way to write the same rows without a server. */
export type RawVariant = { name: string; run: (seconds: number) => Promise<RawResult> }

const clientCounts = [8, 32]

function pgbenchVariant(stage: Stage, scene: Scene, { pgbench }: Scripts, clients: number): RawVariant {
  const { script, variables, perRun } = pgbench
  const run = async (seconds: number) => {
    const { folder, signal } = stage
    const { login } = scene
    const ran = await runPgbench({ login, folder, script, variables, clients, seconds, signal })
    const acknowledged = noneYet()
    for (const kind of ['opened', 'added', 'completed'] as const)
      acknowledged[kind] = perRun[kind] * ran.times
    return { acknowledged, perSecond: ran.perSecond * total(perRun) }
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

/**
 * CPU time of a request, in microseconds. It says more than the rate where other programs share the cores.
 */
export type Cost = { serverMicros: number; postgresMicros: number }

/** A checkpoint first, so that no phase pays for the pages another one wrote. */
export async function measure<T extends RawResult>(
  { sql, server, postgresCpu }: Scene,
  who: string,
  run: () => Promise<T>,
): Promise<T & Cost> {
  await sql.query('CHECKPOINT')
  return checked(sql, who, async () => {
    const [serverBefore, postgresBefore] = [server.cpu(), postgresCpu()]
    const result = await run()
    const requests = total(result.acknowledged)
    const micros = (seconds: number) => (seconds * 1e6) / requests
    const serverMicros = micros(server.cpu() - serverBefore)
    return { ...result, serverMicros, postgresMicros: micros(postgresCpu() - postgresBefore) }
  })
}

/** Tries all variants for a short time; gives the two best, and what each reached. */
export async function chooseVariants(scene: Scene, variants: readonly RawVariant[], seconds: number) {
  const tried: { variant: RawVariant; perSecond: number }[] = []
  for (const variant of variants) {
    const { perSecond } = await measure(scene, `raw (${variant.name})`, () => variant.run(seconds))
    tried.push({ variant, perSecond })
  }
  const sorted = tried.toSorted((a, b) => b.perSecond - a.perSecond)
  const pilot = sorted.map((one) => `${one.variant.name} ${Math.round(one.perSecond)}`).join('; ')
  return { best: sorted.slice(0, 2).map((one) => one.variant), pilot }
}
