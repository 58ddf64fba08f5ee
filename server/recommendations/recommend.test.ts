import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeHospital, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { boxAround, readNear } from './read-near.ts'
import { readCandidates } from './store.ts'

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

/** How many units stand at which distance, in kilometres, and how many are then read at most. */
const fleets: [string, Record<number, number>, number][] = [
  ['enough within 4 km', { 2: 120, 10: 30, 60: 10 }, 120],
  ['enough within 16 km only', { 2: 40, 10: 90, 60: 10 }, 130],
  ['too few near by', { 2: 3, 10: 2, 60: 40 }, 45],
  ['nobody near by', { 60: 5 }, 5],
]
for (const [n, [what, kilometres, read]] of fleets.entries()) {
  test(`a large fleet is read from near to far: ${what}`, async () => {
    const incident = { latitude: 10, longitude: 20 + 5 * n }
    const since = new Date(Date.now() - 300_000).toISOString()
    await sql('UPDATE units SET retired_at = now()')
    for (const [km, count] of Object.entries(kilometres)) {
      await sql(
        `INSERT INTO units (unit_number, unit_type, latitude, longitude, position_at, updated_at)
          SELECT $1 || '-' || k, 'ADVANCED', $2::float8 + k / 100000.0, $3::float8, now(), now()
          FROM generate_series(1, $4) k`,
        [`N${n}-${km}`, incident.latitude + Number(km) / 111.3, incident.longitude, count],
      )
    }
    const id = await raise(incident)
    const look = { incident: { id, ...incident }, since }
    const near = await readNear(server.ctx.db, { ...look, needs: ['ADVANCED'] })
    const whole = await readCandidates(server.ctx.db, { ...look, unit_types: ['ADVANCED', 'CRITICAL'] })
    const nearest = (rows: typeof near) =>
      rows
        .sort((a, b) => a.latitude! - b.latitude!)
        .slice(0, 100)
        .map((one) => one.unit_number)
    assert.deepEqual([Math.min(read, 100), nearest(near)], [near.length, nearest(whole)])
    // Who was sent counts wherever it is.
    const [far] = (await sql('SELECT id FROM units WHERE unit_number = $1', [`N${n}-60-1`])).rows
    const order = { order_id: `far${n}`, unit_ids: [far.id] }
    assert.equal((await ask('POST', `/api/incidents/${id}/assignments/`, order)).status, 200)
    const again = await readNear(server.ctx.db, { ...look, needs: ['ADVANCED'] })
    assert.equal(again.find((one) => one.id === far.id)?.incident_id, id)
  })
}

test('a circle has a box where degrees are a plane', () => {
  const box = boxAround({ latitude: 60, longitude: 10 }, 11_119.5)
  assert.deepEqual(
    Object.values(box ?? {}).map((degrees) => degrees.toFixed(3)),
    ['59.900', '60.100', '9.799', '10.201'],
  )
  for (const [latitude, longitude] of [
    [0, 179.99],
    [0, -179.99],
    [79.99, 0],
    [-90, 0],
  ] as const) {
    assert.equal(boxAround({ latitude, longitude }, 4_000), undefined)
  }
})
