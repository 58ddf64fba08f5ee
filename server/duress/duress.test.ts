import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { makeIncidents, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import { openStream } from '../test/support/event-stream.ts'
import { type Ask, asker } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let desk: Ask
let medic: { id: number; ask: Ask }
let mate: { id: number; ask: Ask }
let stranger: { id: number; ask: Ask }
let unit: number
let serial = 0
const query = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  server = await startTestServer()
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  const paramedic = async (name: string) => {
    const one = await signIn(server, name, 'paramedic')
    await makeParamedic(server, one.id, '2999-01-01')
    return one
  }
  ;[medic, mate, stranger] = [await paramedic('medic'), await paramedic('mate'), await paramedic('stranger')]
})
after(() => server.close())

beforeEach(async () => {
  ;[unit] = (await makeUnits(server, 1, `D${++serial}-`)) as [number]
  await query('UPDATE paramedics SET unit_id = $1 WHERE person_id = ANY($2)', [unit, [medic.id, mate.id]])
})

const press = (who: { ask: Ask }, press_id: string, more: object = {}) =>
  who.ask('POST', `/api/units/${unit}/duress/`, { press_id, ...more })
const clear = (reason = 'spoke with them', ask = desk) =>
  ask('POST', `/api/units/${unit}/duress/clear/`, { reason })
const acknowledge = (ask = desk) => ask('POST', `/api/units/${unit}/duress/acknowledge/`)
const facts = () => query(`SELECT type, data, incident_id FROM facts WHERE unit_id = $1 ORDER BY id`, [unit])
const standing = async () => {
  const { results } = (await desk('GET', '/api/duress/')).body
  return results.filter((one: { unit_id: number }) => one.unit_id === unit)
}

test('a press is an alarm with time and place, a fact and a mark on the unit, until cleared', async () => {
  const [incident] = await makeIncidents(server, 1, `D${serial}-`)
  await desk('POST', `/api/incidents/${incident}/assignments/`, { order_id: `d${serial}`, unit_ids: [unit] })
  const at = new Date(Date.now() - 90_000).toISOString()
  const place = { latitude: 37.7, longitude: -122.4 }
  const { status, body } = await press(medic, 'press-0001', { at, ...place })
  assert.equal(status, 200)
  assert.deepEqual(
    [body.pressed_at, body.incident_id, body.latitude, body.raised_by, body.cleared_at],
    [at, incident, 37.7, 'medic', null],
  )
  assert.equal((await desk('GET', `/api/units/${unit}/`)).body.duress_at, body.raised_at)
  assert.deepEqual(await standing(), [body])
  const raised = (await facts()).at(-1)
  assert.deepEqual(
    [raised.type, raised.data.happened_at, raised.incident_id],
    ['duress_raised', at, incident],
  )

  const ended = await clear()
  assert.deepEqual([ended.status, ended.body.reason, ended.body.id], [200, 'spoke with them', body.id])
  assert.equal((await desk('GET', `/api/units/${unit}/`)).body.duress_at, null)
  assert.deepEqual([await standing(), (await facts()).at(-1).type], [[], 'duress_cleared'])
  assert.equal((await clear()).status, 404)
})

test('the same press never raises twice, nor does the other one of the crew while it stands', async () => {
  const first = (await press(medic, 'press-0001-b')).body
  const again = await Promise.all([
    press(medic, 'press-0001-b'),
    press(mate, 'press-of-mate'),
    press(medic, 'press-0002-b'),
  ])
  assert.deepEqual(
    again.map(({ status, body }) => [status, body.id]),
    Array(3).fill([200, first.id]),
  )
  await clear()
  const late = (await press(medic, 'press-0001-b')).body
  assert.deepEqual([late.id, late.cleared_at === null], [first.id, false])
  assert.deepEqual(
    (await facts()).map(({ type }) => type),
    ['duress_raised', 'duress_cleared'],
  )
  assert.notEqual((await press(medic, 'press-0003-b')).body.id, first.id)
})

test('two presses at one instant are one alarm', async () => {
  const replies = await Promise.all(
    [medic, mate, medic, mate].map((who, i) => press(who, `press-race-${i}-${serial}`)),
  )
  assert.equal(new Set(replies.map(({ body }) => body.id)).size, 1)
  assert.equal((await facts()).length, 1)
})

test('the first desk to see it is kept, once, and the crew is told; a later alarm is unseen', async () => {
  assert.equal((await acknowledge()).status, 404)
  await press(medic, `press-seen-${serial}`)
  const other = (await signIn(server, 'other-desk', 'dispatcher')).ask
  const replies = await Promise.all([acknowledge(), acknowledge(other), acknowledge()])
  const [{ acknowledged_at, acknowledged_by }] = await standing()
  assert.ok(acknowledged_at && ['desk', 'other-desk'].includes(acknowledged_by))
  assert.deepEqual(
    replies.map(({ status, body }) => [status, body.acknowledged_at, body.acknowledged_by]),
    Array(3).fill([200, acknowledged_at, acknowledged_by]),
  )
  assert.deepEqual(
    (await facts()).map(({ type }) => type),
    ['duress_raised', 'duress_acknowledged'],
  )
  assert.equal((await medic.ask('GET', '/api/crew/')).body.unit.duress_seen_at, acknowledged_at)
  assert.equal((await acknowledge(medic.ask)).status, 403)
  await clear()
  await press(medic, `press-unseen-${serial}`)
  assert.equal((await standing())[0].acknowledged_at, null)
})

test('no clock and no half of a place refuses an alarm', async () => {
  const { status, body } = await press(medic, 'press-clock', {
    at: new Date(Date.now() + 3_600_000).toISOString(),
    latitude: 37.7,
  })
  assert.equal(status, 200)
  assert.deepEqual([body.pressed_at, body.latitude], [body.raised_at, null])
})

test('it is for the own unit, and a desk clears it with a reason', async () => {
  assert.equal((await press(stranger, 'press-strange')).status, 404)
  assert.equal((await desk('POST', `/api/units/${unit}/duress/`, { press_id: 'press-desk' })).status, 403)
  await press(medic, 'press-mine')
  assert.equal((await clear('', desk)).status, 400)
  assert.equal((await clear('I am fine', medic.ask)).status, 403)
  assert.equal((await asker(server.baseUrl, {})('GET', '/api/duress/')).status, 401)
  assert.equal((await medic.ask('GET', '/api/duress/')).status, 403)
})

test('consoles hear of it on the live stream with the unit', async () => {
  const stream = await openStream(server.baseUrl, { 'x-api-key': server.readerKey })
  await stream.take('hello')
  await press(medic, 'press-live')
  const [event] = await stream.take('fact')
  const fact = event?.data as { type: string; unit: { id: number; duress_at: string | null } }
  assert.deepEqual([fact.type, fact.unit.id, typeof fact.unit.duress_at], ['duress_raised', unit, 'string'])
  stream.close()
})
