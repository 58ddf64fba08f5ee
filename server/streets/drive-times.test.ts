import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { makeHospital, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { fitDrives } from './fit-drives.ts'

/** A stand-in for OSRM: every drive takes 7 s for each of its places, the first one longer than the next. */
let outside: Server
const asked: string[] = []
let isSilent = false
let server: TestServer
let desk: Ask
let chief: Ask
let units: number[]

const sql = (text: string, values: unknown[] = []) => server.ctx.db.pool.query(text, values)
const raise = async () => {
  const opening = { emergency_type: 'CARDIAC', priority: 1, latitude: 37.7, longitude: -122.4 }
  return (await desk('POST', '/api/incidents/', opening)).body.id as number
}
const plan = async (id: number) => (await desk('GET', `/api/incidents/${id}/recommendation/`)).body
const shown = async () => (await chief('GET', '/api/drive-times/')).body

before(async () => {
  outside = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (isSilent) return
    const sources = /sources=([\d;]+)/.exec(request.url ?? '')?.[1]?.split(';') ?? []
    const durations = sources.map((_, at) => [700 - at * 7])
    const distances = sources.map(() => [1_234])
    response.end(JSON.stringify({ code: 'Ok', durations, distances }))
  })
  await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`
  server = await startTestServer({ config: { router: { url, kind: 'osrm' } } })
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  chief = (await signIn(server, 'chief', 'supervisor')).ask
  units = await makeUnits(server, 25)
  for (const [at, id] of units.entries()) {
    const set = 'UPDATE units SET latitude = 37.7, longitude = $2, position_at = now() WHERE id = $1'
    await sql(set, [id, -122.4 + (at + 1) / 100])
  }
  await makeHospital(server, 'Near')
})
after(async () => {
  await server.close()
  outside.closeAllConnections()
  outside.close()
})

test('without roads a routing server is asked for the twenty nearest; its word decides', async () => {
  const id = await raise()
  const { picks, near_misses } = await plan(id)
  const table = asked.find((url) => url.split('?')[0]?.split(';').length === 21) as string
  assert.match(table, /^\/table\/v1\/driving\/-122\.390000,37\.700000;/)
  assert.match(table, /;-122\.400000,37\.700000\?sources=0;1;.*;19&destinations=20&annotations=/)
  assert.deepEqual(
    picks.map((one: Record<string, unknown>) => [one.unit_number, one.seconds, one.metres, one.source]),
    [
      ['M20', 567, 1_234, 'router'],
      ['M19', 574, 1_234, 'router'],
    ],
  )
  assert.match(picks[0].reason, /fastest ALS by road/)
  assert.equal(near_misses[0].unit_number, 'M18')
  const { source, router, graph } = await shown()
  assert.deepEqual([source, /^127\.0\.0\.1:\d+$/.test(router), graph], ['router', true, null])
})

test('when it is silent drives are estimated, which the plan says; it is left alone then', async () => {
  const id = await raise()
  isSilent = true
  const { picks, hospitals } = await plan(id)
  assert.deepEqual([picks[0].unit_number, picks[0].source], ['M1', 'crow'])
  assert.match(picks[0].reason, /nearest ALS, estimated/)
  assert.match(hospitals[0].reason, /estimated/)
  const before = asked.length
  assert.equal((await plan(id)).picks[0].source, 'crow')
  assert.equal(asked.length, before)
  assert.ok(server.logged.some((line) => line.includes('the routing server did not answer')))
})

/** Drives of the past, which took 120 s and 1.5 times what was expected; one milestone was corrected. */
const drivesOfThePast = `WITH sent AS (
    INSERT INTO assignments (incident_id, unit_id, status, assigned_at, en_route_at, on_scene_at, cleared_at,
      corrections)
    SELECT $1::bigint, $2::bigint, 'CLEARED', now() - interval '2 h', now() - interval '2 h',
      now() - interval '2 h' + make_interval(secs => CASE WHEN n = 1 THEN 9 ELSE 120 + 1.5 * (100 + n) END),
      now() - interval '1 h',
      CASE WHEN n = 1 THEN jsonb_build_object('on_scene_at',
        now() - interval '2 h' + make_interval(secs => 120 + 1.5 * 101)) ELSE '{}' END
    FROM generate_series(1, $3::int) n RETURNING id),
  numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM sent)
  INSERT INTO drive_predictions (assignment_id, source, priority, seconds, metres, predicted_at)
  SELECT id, 'crow', 1, 100 + n, 1000, now() - interval '2 h' FROM numbered`

test('drives of the past are fitted, shown, and applied from then on', async () => {
  const id = await raise()
  const { picks } = await plan(id)
  const past = await raise()
  await sql(drivesOfThePast, [past, units[24], 199])
  assert.deepEqual(await fitDrives(server.ctx, true), [])
  await sql('DELETE FROM drive_predictions')
  await sql(drivesOfThePast, [past, units[24], 200])
  const [fit, ...more] = await fitDrives(server.ctx, true)
  assert.deepEqual(more, [])
  assert.deepEqual([fit?.source, fit?.priority, fit?.n, fit?.kept], ['crow', 1, 200, 200])
  const near = (value: number | undefined, wanted: number, tolerance: number) =>
    assert.ok(Math.abs((value as number) - wanted) < tolerance, `${value} is not ${wanted}`)
  near(fit?.intercept_s, 120, 0.01)
  near(fit?.slope, 1.5, 0.001)
  near(fit?.error_s_p90, 0, 0.01)
  const end = Date.now() + 120_000
  while ((await shown()).fits.length === 0 && Date.now() < end)
    await new Promise((next) => setTimeout(next, 20))
  assert.deepEqual((await shown()).fits, [fit])
  const now = await plan(id)
  near(now.picks[0].seconds, 120 + 1.5 * picks[0].seconds, 0.1)
})

test('fits are made once a night', async () => {
  // One day, also when midnight passes meanwhile.
  const begun = Date.now()
  const at = (hour: number) => {
    const day = new Date(begun)
    day.setDate(day.getDate() + 1)
    day.setHours(hour, 10, 0, 0)
    return { ...server.ctx, now: () => day }
  }
  assert.deepEqual(await fitDrives(at(14)), [])
  assert.equal((await fitDrives(at(3))).length, 1)
  assert.deepEqual(await fitDrives(at(3)), [])
  assert.deepEqual(await fitDrives(at(4)), [])
})

test('a server fits by itself in the night, half an hour after it began at the latest', async (t) => {
  const night = new Date()
  night.setDate(night.getDate() + 3)
  night.setHours(3, 10, 0, 0)
  t.mock.timers.enable({ apis: ['setInterval'] })
  const beside = await startTestServer({ database: server.database, now: () => night })
  t.after(beside.close)
  t.mock.timers.tick(1_800_000)
  const fitted = () => sql('SELECT n, error_s_p90 FROM drive_fits WHERE fitted_at = $1', [night])
  const end = Date.now() + 60_000
  while ((await fitted()).rows.length === 0 && Date.now() < end)
    await new Promise((next) => setTimeout(next, 20))
  assert.equal((await fitted()).rows[0]?.n, 200)
  // Pages show it on every server.
  while ((await shown()).fits[0]?.fitted_at !== night.toISOString() && Date.now() < end)
    await new Promise((next) => setTimeout(next, 20))
  assert.equal((await shown()).fits[0]?.fitted_at, night.toISOString())
})
