import { join } from 'node:path'
import { signInDispatcher } from './dispatcher.ts'
import { runLoad, type Script } from './http-load.ts'
import { bringRoads, fill, fleetSize, refresh } from './large-fleet.ts'
import type { Options } from './options.ts'
import { openProbe } from './probe.ts'
import { incident, type Measured, rankAgain, readOnce } from './rank-alone.ts'
import { type Row, spread, type Target } from './report.ts'
import { createRequests } from './requests.ts'
import type { Say, Scene, Stage } from './stage.ts'

/** Milliseconds: docs/benchmarks.md. */
const limits = { straight: 10, byRoad: 25, stall: 20 }

type Asked = Measured & { stall: number }

/** `limit` in ms at the median; of what the server was asked for, also how long others waited meanwhile. */
function toRow(workload: string, results: readonly (Measured | Asked)[], limit: number, note: string): Row {
  const at = (q: number) => spread(results.map(({ took }) => took.quantile(q)))
  const cpu = spread(results.map(({ cpuMs }) => cpuMs)).median.toFixed(1)
  const p50 = at(0.5)
  const stalls = results.flatMap((one) => ('stall' in one ? one.stall : []))
  const targets: Target[] = [{ text: `p50 <= ${limit} ms`, met: p50.median <= limit }]
  if (stalls.length > 0) {
    const { median } = spread(stalls)
    targets.push({
      text: `others wait ${median.toFixed(1)} <= ${limits.stall} ms`,
      met: median <= limits.stall,
    })
  }
  const notes = [`${fleetSize} units, every fourth bound; ${note}: ${cpu} ms of a core each`]
  return { workload, unit: 'ms', ours: p50, p50, p99: at(0.99), targets, notes }
}

/** Asks at one connection, and beside it for something cheap, which waits while the server stands still. */
async function ask({ server, sql, postgresCpu }: Scene, token: string, seconds: number): Promise<Asked> {
  // Positions of more than five minutes are not used.
  await sql.query(refresh)
  const requests = createRequests(server.port, token)
  const request = requests.get(`/api/incidents/${incident.id}/recommendation/`)
  const script: Script = () => () => ({ kind: 'read', request, expect: 200 })
  const spent = () => server.cpu() + postgresCpu()
  const before = spent()
  const probe = await openProbe(server.port, requests.get('/health/live'))
  const { latencies } = await runLoad({ port: server.port, connections: 1, seconds, script })
  const stall = probe.stop().max()
  return { took: latencies, cpuMs: ((spent() - before) * 1_000) / latencies.count(), stall }
}

async function repeat(name: string, { rounds }: Options, tell: Say, once: () => Promise<Asked>) {
  await once()
  const results: Asked[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const one = await once()
    results.push(one)
    tell(`recommend ${name} ${round}/${rounds}: ${one.took.quantile(0.5).toFixed(1)} ms`)
  }
  return results
}

/** What to send out of a large fleet: the ranking alone on rows of the database, and all of the endpoint. */
export async function measureRecommend(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const { seconds, rounds } = options
  const scene = await stage.open('recommend', { profile: options.profile })
  await fill(scene.sql)
  const { token } = await signInDispatcher(scene)
  const once = () => ask(scene, token, seconds)
  const straight = await repeat('by the straight line', options, tell, once)
  const near = await readOnce(scene)
  const alone = Array.from({ length: rounds }, () => rankAgain(near, seconds))
  await bringRoads(join(stage.folder, 'server-recommend'), scene, token)
  const byRoad = await repeat('by road', options, tell, once)
  await scene.server.stop()
  const whole = 'GET recommendation at one connection, with its database'
  return [
    toRow('recommend, ranking', alone, limits.straight, `${near.length} were read; ranking them alone`),
    toRow('recommend, endpoint', straight, limits.straight, `no roads; ${whole}`),
    toRow('recommend, endpoint by road', byRoad, limits.byRoad, `54,000 junctions; ${whole}`),
  ]
}
