import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeIncidents, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { importTown } from '../test/support/town.ts'
import { createFinder } from './finder.ts'
import { placeIncidents } from './placing.ts'

let server: TestServer
let desk: Ask
let ai: Ask
let finder: ReturnType<typeof createFinder>
let serial = 0

before(async () => {
  server = await startTestServer()
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  ai = withKey(server.baseUrl, server.key)
  finder = createFinder(server.ctx)
})
after(() => server.close())

/** The server places by itself all the while; this only makes it sure that all is done. */
async function place(): Promise<void> {
  while ((await placeIncidents(server.ctx, finder)) > 0);
}

async function openCall(location: string, more: object = {}) {
  serial += 1
  const body = {
    call_sid: `p-${serial}`,
    caller_number: '+15550142',
    emergency_type: 'FIRE',
    location,
    ...more,
  }
  const reply = await ai('POST', '/api/calls/', body)
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return { sid: body.call_sid, id: reply.body.incident_id as number }
}
const read = async (id: number) => (await desk('GET', `/api/incidents/${id}/`)).body
const whereIs = async (id: number) => {
  const { latitude, longitude } = await read(id)
  return [latitude, longitude]
}
const placed = async (id: number) => {
  const text = `SELECT data FROM facts
    WHERE incident_id = $1 AND type = 'incident_updated' AND actor_kind = 'system' ORDER BY id`
  return (await server.ctx.db.pool.query(text, [id])).rows
}

test('without a gazetteer nothing is looked up, nor counted as looked up', async () => {
  const [id] = (await makeIncidents(server, 1, 'G-')) as [number]
  assert.equal(await placeIncidents(server.ctx, finder), 0)
  await server.ctx.db.pool.query('DELETE FROM incidents WHERE id = $1', [id])
  await importTown(server)
  await finder.refresh()
})

test('words that are surely an address give the incident a position, as a fact with its source', async () => {
  const { id } = await openCall('341 Harbour Street')
  await place()
  assert.deepEqual(await whereIs(id), [50, 10.004082])
  const [fact, more] = await placed(id)
  assert.deepEqual([fact.data.placed_by, fact.data.changes.latitude], ['gazetteer', { from: null, to: 50 }])
  assert.ok(fact.data.confidence >= 0.85)
  assert.equal(more, undefined)
  const { results } = (await desk('GET', `/api/incidents/${id}/timeline/`)).body
  assert.match(JSON.stringify(results), /Place by the server, found by its words \(gazetteer\)/)
})

const asksForPin: [name: string, location: string][] = [
  ['words that nothing is like', 'where the old oak stood'],
  ['a street without a number', 'Mission Street'],
  ['an address in two towns', '5 Mill Lane'],
  ['a number that is on no street', '999 Harbour Street'],
]
for (const [name, location] of asksForPin) {
  test(`a person is asked for a pin: ${name}`, async () => {
    const { id } = await openCall(location)
    await place()
    assert.deepEqual(await whereIs(id), [null, null])
    assert.deepEqual(await placed(id), [])
    assert.equal((await read(id)).location, location)
  })
}

test('other words of the call move it, words that are nothing take the position away', async () => {
  const { sid, id } = await openCall('341 Harbour Street')
  await place()
  await ai('PATCH', `/api/calls/${sid}/`, { location: 'the corner of 3rd St and Mission' })
  await place()
  assert.deepEqual(await whereIs(id), [50.01, 10.01])
  await ai('PATCH', `/api/calls/${sid}/`, { location: 'by the lake' })
  await place()
  assert.deepEqual(await whereIs(id), [null, null])
  assert.equal((await placed(id)).length, 3)
})

test('a position of the call or of a person stays, whatever the words are', async () => {
  const told = await openCall('341 Harbour Street', { latitude: 50.3, longitude: 10.3 })
  const { id } = await openCall('by the lake')
  await desk('PATCH', `/api/incidents/${id}/`, { latitude: 50.4, longitude: 10.4 })
  await desk('PATCH', `/api/incidents/${id}/`, { location: '341 Harbour Street' })
  await place()
  assert.deepEqual(await whereIs(told.id), [50.3, 10.3])
  assert.deepEqual(await whereIs(id), [50.4, 10.4])
})

test('a pin that a person sets where the server had put it is theirs', async () => {
  const { sid, id } = await openCall('341 Harbour Street')
  await place()
  const [latitude, longitude] = await whereIs(id)
  await desk('PATCH', `/api/incidents/${id}/`, { latitude, longitude })
  await ai('PATCH', `/api/calls/${sid}/`, { location: 'by the lake' })
  await place()
  assert.deepEqual(await whereIs(id), [latitude, longitude])
})

test('two servers at once place it once; an incident that has ended is left alone', async () => {
  const { id } = await openCall('343 Harbour Street')
  const [ended] = (await makeIncidents(server, 1, 'E-')) as [number]
  const close = `UPDATE incidents SET status = 'CLOSED', closed_at = now(), disposition = 'FALSE_ALARM',
    location = '345 Harbour Street' WHERE id = $1`
  await server.ctx.db.pool.query(close, [ended])
  await Promise.all([place(), place(), place()])
  assert.equal((await placed(id)).length, 1)
  assert.deepEqual(await whereIs(ended), [null, null])
})
