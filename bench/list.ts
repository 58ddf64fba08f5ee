import { type LoadResult, runLoad, type Script } from './http-load.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import { createRequests } from './requests.ts'
import type { Say, Scene, Stage } from './stage.ts'
import { makeReaderKey } from './stream-parts.ts'

const connections = 16
/** docs/benchmarks.md. */
const p95TargetMs = 20
const warmUpSeconds = 1

/** Three months of calls, one in 200 still open, types and priorities evenly spread. */
const seed = `INSERT INTO calls (call_sid, location, emergency_type, priority_level, status,
    created_at, completed_at, duration_seconds, answered_by, updated_at)
  SELECT 'CA' || md5(n::text), n % 900 || ' Market Street',
    (ARRAY['MEDICAL','POLICE','FIRE','TRAUMA','CARDIAC','STROKE','RESPIRATORY','OTHER'])[n % 8 + 1],
    (ARRAY['LOW','STANDARD','MEDIUM','HIGH','CRITICAL'])[n % 5 + 1],
    CASE WHEN n % 200 = 0 THEN 'ACTIVE' ELSE 'COMPLETED' END, at,
    CASE WHEN n % 200 = 0 THEN NULL ELSE at + interval '3 minutes' END,
    CASE WHEN n % 200 = 0 THEN NULL ELSE 180 END, 'AI', at
  FROM generate_series(1, $1::int) AS n,
    LATERAL (SELECT now() - (($1::int - n) * interval '90 days' / $1::int) AS at) AS received`

const queries = ['', '?status=ACTIVE', '?emergency_type=MEDICAL', '?priority_level=HIGH', '?status=COMPLETED']

async function fill({ sql }: Scene, calls: number): Promise<void> {
  await sql.query(seed, [calls])
  await sql.query('VACUUM ANALYZE calls')
  await sql.query('CHECKPOINT')
}

function toRow(results: readonly LoadResult[], { calls }: Options): Row {
  const at = (q: number) => spread(results.map((one) => one.latencies.quantile(q)))
  const p95 = at(0.95)
  const text = `p95 ${p95.median.toFixed(1)} <= ${p95TargetMs} ms`
  return {
    workload: 'list',
    unit: 'req/s',
    ours: spread(results.map((one) => one.perSecond)),
    p50: at(0.5),
    p99: at(0.99),
    targets: [{ text, met: p95.median <= p95TargetMs }],
    notes: [`first pages of 50, ${queries.length} filters in turn, over ${calls} calls`],
  }
}

/** First pages of the list of calls by filter, at 16 connections. */
export async function measureList(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const { seconds, rounds } = options
  const scene = await stage.open('list', { profile: options.profile })
  await fill(scene, options.calls)
  const { port } = scene.server
  const requests = createRequests(port, await makeReaderKey(scene.sql))
  const pages = queries.map((query) => requests.get(`/api/calls/${query}`))
  const script: Script = (connection) => {
    let turn = connection
    return () => {
      turn += 1
      return { kind: 'read', request: pages[turn % pages.length] as string, expect: 200 }
    }
  }
  const run = (time: number) => runLoad({ port, connections, seconds: time, script })
  await run(warmUpSeconds)
  const results: LoadResult[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const result = await run(seconds)
    results.push(result)
    tell(`list ${round}/${rounds}: ${Math.round(result.perSecond)} req/s`)
  }
  await scene.server.stop()
  return [toRow(results, options)]
}
