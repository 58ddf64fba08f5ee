import type pg from 'pg'
import { signInDispatcher } from './dispatcher.ts'
import { runLoad, type Script } from './http-load.ts'
import type { Options } from './options.ts'
import { incident, type Measured, rankAgain, readOnce } from './rank-alone.ts'
import { type Row, spread } from './report.ts'
import { createRequests } from './requests.ts'
import type { Say, Stage } from './stage.ts'

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

async function fill(sql: pg.Client): Promise<void> {
  for (const make of [makeUnits, makeIncidents, bind]) await sql.query(make, [fleetSize])
  await sql.query(makeHospitals)
  await sql.query('VACUUM (ANALYZE) units, incidents, assignments, hospitals')
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
