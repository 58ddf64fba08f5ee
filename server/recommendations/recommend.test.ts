import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeHospital, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
let units: number[]
const sql = (text: string, values: unknown[] = []) => server.ctx.db.pool.query(text, values)
const place = (id: number, longitude: number, age = '0 s') =>
  sql(`UPDATE units SET latitude = 37.7, longitude = $2, position_at = now() - $3::interval WHERE id = $1`, [
    id,
    longitude,
    age,
  ])

before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
  units = [...(await makeUnits(server, 3, 'M')), ...(await makeUnits(server, 2, 'B', 'BASIC'))]
  for (const [at, id] of units.entries()) await place(id, -122.4 + at / 100)
  await makeHospital(server, 'Near')
})
after(() => server.close())

async function raise(more: object = {}): Promise<number> {
  const opening = { emergency_type: 'CARDIAC', priority: 1, latitude: 37.7, longitude: -122.4, ...more }
  return (await ask('POST', '/api/incidents/', opening)).body.id
}
const plan = async (id: number) => (await ask('GET', `/api/incidents/${id}/recommendation/`)).body

test('the nearest that may go, each with its reason, and where to take the patient', async () => {
  const body = await plan(await raise())
  assert.deepEqual(body.needs, ['ADVANCED', 'BASIC'])
  assert.deepEqual(
    body.picks.map((one: { unit_number: string }) => one.unit_number),
    ['M1', 'M2'],
  )
  for (const pick of body.picks) assert.ok(pick.reason.length > 5 && pick.source === 'crow')
  assert.deepEqual(
    body.hospitals.map((one: { name: string }) => one.name),
    ['Near'],
  )
})

test('bound, off duty, old and unknown positions are near misses with the reason', async () => {
  const other = await raise()
  await ask('POST', `/api/incidents/${other}/assignments/`, { order_id: 'r1', unit_ids: [units[0]] })
  await sql("UPDATE units SET duty = 'OFF_DUTY' WHERE id = $1", [units[1]])
  await place(units[2] as number, -122.4, '6 min')
  const id = await raise()
  const { picks, near_misses, unmet } = await plan(id)
  assert.deepEqual(
    picks.map((one: { unit_number: string }) => one.unit_number),
    ['B1'],
  )
  assert.deepEqual(unmet, ['ADVANCED'])
  const reasons = near_misses.map((one: { reason: string }) => one.reason).join('; ')
  for (const reason of [/On I-/, /Off duty/, /Position 6 min old/]) assert.match(reasons, reason)
})

test('an incident that is not on the map gets units too, in the order of their numbers', async () => {
  const [first, second] = await makeUnits(server, 2, 'A')
  const id = await raise({ latitude: undefined, longitude: undefined, location: 'Pier 3' })
  const { picks, version, hospitals, diverts } = await plan(id)
  assert.deepEqual(
    picks.map((one: Record<string, unknown>) => [one.unit_id, one.seconds, one.metres, one.source]),
    [
      [first, null, null, null],
      [second, null, null, null],
    ],
  )
  assert.match(picks[0].reason, /not on the map/)
  assert.deepEqual([hospitals[0].seconds, diverts], [null, []])
  const order = { order_id: 'unplaced', unit_ids: [first, second], plan_version: version }
  assert.equal((await ask('POST', `/api/incidents/${id}/assignments/`, order)).status, 200)
  await ask('POST', `/api/incidents/${id}/cancel/`, { disposition: 'FALSE_ALARM' })
  await sql("UPDATE units SET duty = 'OFF_DUTY' WHERE id = ANY($1)", [[first, second]])
})

test('a plan that has changed since it was shown is refused, and says what it is now', async () => {
  const id = await raise({ emergency_type: 'MEDICAL', priority: 4 })
  const { version, picks } = await plan(id)
  const order = { order_id: 'v1', unit_ids: [picks[0].unit_id], plan_version: version }
  await ask('POST', `/api/incidents/${await raise()}/assignments/`, { ...order, plan_version: undefined })
  const refused = await ask('POST', `/api/incidents/${id}/assignments/`, { ...order, order_id: 'v2' })
  assert.deepEqual([refused.status, refused.body.code], [409, 'plan_changed'])
  assert.match(refused.body.detail, /B2/)
  const now = await plan(id)
  const again = { order_id: 'v3', unit_ids: [now.picks[0].unit_id], plan_version: now.version }
  const sent = await ask('POST', `/api/incidents/${id}/assignments/`, again)
  assert.equal(sent.status, 200)
  // The plan has changed by the order itself; the repetition still gives the first reply.
  assert.deepEqual((await ask('POST', `/api/incidents/${id}/assignments/`, again)).body, sent.body)
})

test('a unit too weak for the emergency is refused by name; no such incident is 404', async () => {
  const id = await raise({ priority: 2 })
  const [basic] = await makeUnits(server, 1, 'W', 'BASIC')
  const refused = await ask('POST', '/api/dispatch/', { emergency_call_id: id, ambulance_id: basic })
  assert.deepEqual([refused.status, refused.body.code], [409, 'unit_unsuitable'])
  assert.match(refused.body.ambulance_id[0], /BASIC/)
  assert.equal((await ask('GET', '/api/incidents/999999/recommendation/')).status, 404)
})

test('a unit on its way to a less grave incident is offered when nobody free meets the need', async () => {
  const [near] = (await makeUnits(server, 1, 'D', 'CRITICAL')) as [number]
  const calm = await raise({ emergency_type: 'MEDICAL', priority: 4 })
  const order = { order_id: 'd1', unit_ids: [near] }
  const sent = await ask('POST', `/api/incidents/${calm}/assignments/`, order)
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  await place(near, -122.401)
  await sql("UPDATE units SET duty = 'OFF_DUTY' WHERE id <> $1", [near])
  const { diverts, unmet } = await plan(await raise())
  assert.deepEqual(unmet, ['ADVANCED', 'BASIC'])
  const { incident_number } = (await ask('GET', `/api/incidents/${calm}/`)).body
  const [{ seconds, ...divert }] = diverts
  assert.ok(seconds > 0 && seconds < 60)
  assert.deepEqual(divert, {
    ...{
      unit_id: near,
      unit_number: 'D1',
      unit_type: 'CRITICAL',
      assignment_id: sent.body.assignments[0].id,
    },
    ...{ from_incident_id: calm, from_incident_number: incident_number, from_priority: 4 },
    reason: `No free unit for ADVANCED; on the way to ${incident_number}, priority 4`,
  })
  assert.deepEqual((await plan(await raise({ priority: 3 }))).diverts, [])
})

test('the nearest one is found behind hundreds that may not, also over the antimeridian', async () => {
  await sql("UPDATE units SET duty = 'OFF_DUTY'")
  await sql(`INSERT INTO units (unit_number, unit_type, duty, latitude, longitude, position_at, updated_at)
    SELECT 'Z' || n, 'BASIC', CASE WHEN n <= 150 THEN 'MAINTENANCE' ELSE 'AVAILABLE' END,
      -17, CASE WHEN n % 2 = 0 THEN 180 - n / 10000.0 ELSE -180 + n / 10000.0 END,
      now() - CASE WHEN n <= 300 THEN interval '6 min' ELSE interval '0 min' END, now()
    FROM generate_series(1, 500) n`)
  const opening = { emergency_type: 'MEDICAL', priority: 4, latitude: -17, longitude: 180 }
  const { picks, near_misses } = await plan(await raise(opening))
  const seen = (rows: { unit_number: string }[]) => rows.map((one) => one.unit_number)
  assert.deepEqual(seen(picks), ['Z301'])
  assert.deepEqual(seen(near_misses), ['Z1', 'Z2', 'Z3', 'Z4', 'Z5'])
  const nowhere = await raise({ ...opening, latitude: undefined, longitude: undefined, location: 'Reef' })
  // Nobody is nearer than another, and an old position matters no more.
  assert.deepEqual(seen((await plan(nowhere)).picks), ['Z151'])
})
