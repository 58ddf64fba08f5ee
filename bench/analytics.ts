import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { seedYear } from './analytics-history.ts'
import { signInDispatcher } from './dispatcher.ts'
import { createLatencies } from './latency.ts'
import type { Options } from './options.ts'
import { type Row, spread } from './report.ts'
import type { Say, Scene, Stage } from './stage.ts'

/** docs/benchmarks.md. */
const p95TargetMs = 500
const year = { from: '2025-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z', zone: 'Europe/Vienna' }
/** Each panel of the page, and questions with filters. */
const questions = [
  ...['summary', 'volumes', 'intervals', 'units', 'hospitals', 'queue', 'ai'].map((panel) => [panel, {}]),
  ...['PRIORITY', 'EMERGENCY_TYPE', 'STATION', 'SHIFT', 'DAY'].map((by) => ['intervals', { by }]),
  ['intervals', { units: 'AMBULANCES', priority: '1', shift: '19-7' }],
  ['intervals', { area: '48.05,16.05,48.15,16.15' }],
  ['volumes', { station_id: '7' }],
] as [string, Record<string, string>][]

/** Until the server has packed the year; gives the seconds. */
async function untilPacked({ sql }: Scene, tell: Say): Promise<number> {
  const began = performance.now()
  for (;;) {
    const { rows } = await sql.query('SELECT count(*)::int AS n FROM figure_days')
    if (rows[0].n >= 365) return (performance.now() - began) / 1_000
    tell(`analytics: ${rows[0].n} days packed`)
    await delay(5_000)
  }
}

async function ask(
  port: number,
  token: string,
  panel: string,
  query: Record<string, string>,
): Promise<number> {
  const words = new URLSearchParams({ ...year, ...query })
  const address = `http://127.0.0.1:${port}/api/analytics/${panel}/?${words}`
  const began = performance.now()
  const reply = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
  const body = await reply.text()
  if (reply.status !== 200) throw new Error(`${panel}: status ${reply.status} ${body.slice(0, 200)}`)
  return performance.now() - began
}

/** Each panel over a year of incidents, one question at a time. */
export async function measureAnalytics(stage: Stage, options: Options, tell: Say): Promise<Row[]> {
  const scene = await stage.open(`analytics_${options.calls}`, { profile: options.profile })
  const { rows: found } = await scene.sql.query('SELECT EXISTS (SELECT FROM incidents) AS filled')
  if (!found[0].filled) await seedYear(scene.sql, options.calls, tell)
  const packed = await untilPacked(scene, tell)
  const { token } = await signInDispatcher(scene, 'analyst')
  const { port } = scene.server
  const first = await ask(port, token, 'summary', {})
  const note =
    `${options.calls} incidents; packed within ${packed.toFixed(0)} s of the end of seeding; the first ` +
    `question of a process ${first.toFixed(0)} ms; load ${loadavg()[0]?.toFixed(1)}`
  const rows: Row[] = []
  for (const [panel, query] of questions) {
    await ask(port, token, panel, query)
    const latencies = createLatencies()
    const times = Math.max(5, options.rounds * 7)
    for (let n = 0; n < times; n += 1) latencies.record(await ask(port, token, panel, query))
    const p95 = latencies.quantile(0.95)
    const name = [panel, ...Object.entries(query).map(([key, value]) => `${key}=${value}`)].join(' ')
    tell(`${name}: p50 ${latencies.quantile(0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`)
    rows.push({
      workload: `analytics ${name}`,
      unit: 'ms, p95',
      ours: spread([p95]),
      p50: spread([latencies.quantile(0.5)]),
      p99: spread([latencies.quantile(0.99)]),
      targets: [{ text: `p95 ${p95.toFixed(0)} <= ${p95TargetMs} ms`, met: p95 <= p95TargetMs }],
      notes: rows.length > 0 ? [] : [note],
    })
  }
  await scene.server.stop()
  return rows
}
