import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
let ai: Ask
let serial = 0
let now = new Date('2026-11-21T07:00:00.000Z')

before(async () => {
  server = await startTestServer({ now: () => now })
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
  ai = withKey(server.baseUrl, server.key)
})
after(() => server.close())

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}
/** Each test has a street of its own, a degree apart from the others. */
const street = () => {
  serial += 1
  return { latitude: serial, longitude: 10 }
}
async function raise(more: object): Promise<number> {
  const { status, body } = await ask('POST', '/api/incidents/', { emergency_type: 'CARDIAC', ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id
}
const duplicates = async (id: number) => {
  const { status, body } = await ask('GET', `/api/incidents/${id}/duplicates/`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.results
}
const idsOf = async (id: number) => (await duplicates(id)).map((one: { id: number }) => one.id)

test('the near ones of the last 20 minutes and of its kin, nearest first, with the reason', async () => {
  const place = street()
  const north = (metres: number) => ({ ...place, latitude: place.latitude + metres / 111_195 })
  const old = await raise(place)
  later(21)
  const [far, fire] = [await raise(north(260)), await raise({ ...place, emergency_type: 'FIRE' })]
  const trauma = await raise({ ...north(120), emergency_type: 'TRAUMA', priority: 3, location: 'Pier 3' })
  later(4)
  const [near, id] = [await raise(north(-40)), await raise(place)]
  const results = await duplicates(id)
  assert.deepEqual(
    results.map((one: { id: number }) => one.id),
    [near, trauma],
  )
  const { incident_number, received_at, latitude, longitude, ...rest } = results[1]
  assert.match(incident_number, /^I-26-/)
  assert.deepEqual(rest, {
    ...{ id: trauma, status: 'RECEIVED', priority: 3, emergency_type: 'TRAUMA', location: 'Pier 3' },
    ...{ metres: 120, minutes: 4, reason: '120 m away, received 4 min earlier, told as TRAUMA' },
  })
  for (const other of [old, far, fire]) assert.ok(!(await idsOf(other)).includes(id))
})

test('the same words for the place, where a position is missing', async () => {
  const id = await raise({ location: 'Old Mill, Gate 2' })
  const [same, placed] = [
    await raise({ location: 'old mill gate 2' }),
    await raise({ ...street(), location: 'OLD MILL - GATE 2' }),
  ]
  await raise({ location: 'Old Mill, Gate 3' })
  assert.deepEqual(await idsOf(id), [same, placed])
  assert.deepEqual(await idsOf(placed), [id, same])
  const [one] = await duplicates(id)
  assert.deepEqual(
    [one.metres, one.reason],
    [null, 'The place is told in the same words, received in the same minute'],
  )
})

test('merged and ended ones are not shown, and an ended one has none', async () => {
  const place = street()
  const [one, two, three, four] = [
    await raise(place),
    await raise(place),
    await raise(place),
    await raise(place),
  ]
  assert.deepEqual(await idsOf(one), [two, three, four])
  await ask('POST', `/api/incidents/${two}/merge/`, { into_id: three })
  await ask('POST', `/api/incidents/${four}/close/`, { disposition: 'NO_PATIENT' })
  assert.deepEqual(await idsOf(one), [three])
  assert.deepEqual([await idsOf(two), await idsOf(four)], [[], []])
  await ask('POST', `/api/incidents/${two}/split/`)
  assert.deepEqual(await idsOf(one), [two, three])
  assert.equal((await ask('GET', '/api/incidents/999999/duplicates/')).status, 404)
})

test('two calls about one place raise two incidents; nothing is merged by itself', async () => {
  const opening = { caller_number: '+15550142', emergency_type: 'STROKE', ...street() }
  const raised: number[] = []
  for (const call_sid of ['twin-1', 'twin-2']) {
    raised.push((await ai('POST', '/api/calls/', { call_sid, ...opening })).body.incident_id)
  }
  const [one, two] = raised as [number, number]
  assert.notEqual(one, two)
  assert.deepEqual([await idsOf(one), await idsOf(two)], [[two], [one]])
  for (const id of raised) {
    const { body } = await ask('GET', `/api/incidents/${id}/`)
    assert.deepEqual([body.status, body.merged_into], ['RECEIVED', null])
  }
})

test('a crowd of open incidents elsewhere does not hide the near one', async () => {
  const place = street()
  const other = await raise(place)
  await server.ctx.db.pool.query(
    `INSERT INTO incidents (incident_number, priority, emergency_type, latitude, longitude, received_at, updated_at)
     SELECT 'crowd-' || n, 1, 'CARDIAC', 80, 10, $1, $1 FROM generate_series(1, 1000) n`,
    [now],
  )
  later(10)
  assert.deepEqual(await idsOf(await raise(place)), [other])
})
