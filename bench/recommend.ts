import type pg from 'pg'
import { openDatabase } from '../server/lib/db.ts'
import { crowTimes } from '../server/lib/geo.ts'
import { toRankable } from '../server/recommendations/recommend.ts'
import { defaultNeeds, planOf } from '../server/recommendations/response-plans.ts'
import { rankUnits } from '../server/recommendations/rules.ts'
import { type FleetUnit, readFleet } from '../server/recommendations/store.ts'
import { signInDispatcher } from './dispatcher.ts'
import { runLoad, type Script } from './http-load.ts'
import { createLatencies, type Latencies } from './latency.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import { createRequests } from './requests.ts'
import type { Say, Scene, Stage } from './stage.ts'
import { NotWhatWasAcknowledged } from './tally.ts'

const fleetSize = 10_000
/** docs/benchmarks.md. */
const targetMs = 10
const warmUpSeconds = 1

/** The places lie within some 50 km of the incidents. */
const makeUnits = `INSERT INTO units
    (id, unit_number, unit_type, latitude, longitude, position_at, updated_at)
  SELECT n, 'U' || n, (ARRAY['BASIC','ADVANCED','CRITICAL','FIRE','POLICE','BASIC','ADVANCED'])[n % 7 + 1],
    37.75 + 0.4 * sin(n * 12.9898), -122.45 + 0.5 * sin(n * 78.233), now(), now()
  FROM generate_series(1, $1::int) n`
const makeHospitals = `INSERT INTO hospitals (name, latitude, longitude, updated_at)
  SELECT 'Hospital ' || n, 37.75 + 0.3 * sin(n * 3.7), -122.45 + 0.3 * cos(n * 5.1), now()
  FROM generate_series(1, 40) n`
const makeIncidents = `INSERT INTO incidents (id, incident_number, priority, emergency_type, location,
    latitude, longitude, received_at, updated_at)
  SELECT n, 'I-26-' || n, 1, 'CARDIAC', '21 Harbour Street', 37.78, -122.41, now(), now()
  FROM generate_series(1, $1::int / 4 + 1) n`
/** Every fourth unit is bound, each to an incident of its own; incident 1 is the one that is asked about. */
const bind = `INSERT INTO assignments (incident_id, unit_id, assigned_at)
  SELECT n / 4 + 1, n, now() FROM generate_series(4, $1::int, 4) n`
const refresh = 'UPDATE units SET position_at = now()'

const incident = { id: 1, latitude: 37.78, longitude: -122.41 }

async function fill(sql: pg.Client): Promise<void> {
  for (const make of [makeUnits, makeIncidents, bind]) await sql.query(make, [fleetSize])
  await sql.query(makeHospitals)
  await sql.query('VACUUM (ANALYZE) units, incidents, assignments, hospitals')
}

/** Milliseconds by the clock, and of a core for each: other programs take from the first and not the second. */
type Measured = { took: Latencies; cpuMs: number }

/** The ranking by itself, as the server does it once it has read the rows. */
function rankAgain(fleet: readonly FleetUnit[], seconds: number): Measured {
  const took = createLatencies()
  const plan = planOf(defaultNeeds, 'CARDIAC', 1)
  const before = process.cpuUsage()
  const until = performance.now() + seconds * 1_000
  while (performance.now() < until) {
    const begun = performance.now()
    const at = new Date().toISOString()
    const units = fleet.map(toRankable)
    const { picks } = rankUnits(plan, incident, units, crowTimes(units, incident, 'siren', at), at)
    took.record(performance.now() - begun)
    if (picks.length !== plan.needs.length) throw new NotWhatWasAcknowledged('recommend: needs were not met')
  }
  const { user, system } = process.cpuUsage(before)
  return { took, cpuMs: (user + system) / 1_000 / took.count() }
}

function toRow(workload: string, results: readonly Measured[], note: string): Row {
  const at = (q: number) => spread(results.map(({ took }) => took.quantile(q)))
  const cpu = spread(results.map(({ cpuMs }) => cpuMs)).median.toFixed(1)
  const p50 = at(0.5)
  return {
    workload,
    unit: 'ms',
    ours: p50,
    p50,
    p99: at(0.99),
    targets: [{ text: `p50 <= ${targetMs} ms`, met: p50.median <= targetMs }],
    notes: [`${fleetSize} units without a graph, every fourth bound; ${note}: ${cpu} ms of a core each`],
  }
}

async function readOnce({ login }: Scene): Promise<FleetUnit[]> {
  const db = openDatabase({ connection: login, onIdleError: () => {} })
  try {
    return await readFleet(db)
  } finally {
    await db.close()
  }
}

/** What to send out of a large fleet: the ranking alone on rows of the database, and all of the endpoint. */
export async function measureRecommend(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const { seconds, rounds } = options
  const scene = await stage.open('recommend', { profile: options.profile })
  await fill(scene.sql)
  const { port } = scene.server
  const { token } = await signInDispatcher(scene)
  const request = createRequests(port, token).get(`/api/incidents/${incident.id}/recommendation/`)
  const script: Script = () => () => ({ kind: 'read', request, expect: 200 })
  const ask = async (time: number): Promise<Measured> => {
    // Positions of more than five minutes are not used.
    await scene.sql.query(refresh)
    const spent = () => scene.server.cpu() + scene.postgresCpu()
    const before = spent()
    const { latencies } = await runLoad({ port, connections: 1, seconds: time, script })
    return { took: latencies, cpuMs: ((spent() - before) * 1_000) / latencies.count() }
  }
  await ask(warmUpSeconds)
  const [alone, whole]: [Measured[], Measured[]] = [[], []]
  for (let round = 1; round <= rounds; round += 1) {
    const ranked = rankAgain(await readOnce(scene), seconds)
    const asked = await ask(seconds)
    alone.push(ranked)
    whole.push(asked)
    const [one, two] = [ranked.took.quantile(0.5).toFixed(1), asked.took.quantile(0.5).toFixed(1)]
    tell(`recommend ${round}/${rounds}: ranking ${one} ms, endpoint ${two} ms`)
  }
  await scene.server.stop()
  return [
    toRow('recommend, ranking', alone, 'drive times and ranking in the process, the rows being read'),
    toRow('recommend, endpoint', whole, 'GET recommendation at one connection, reading the rows included'),
  ]
}
