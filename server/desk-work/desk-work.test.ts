import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeIncidents, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { purgeDeskWords } from './purge-desk-words.ts'

let server: TestServer
let desk: Ask
let crew: Ask
let units: number[]
let incident: number

const run = (text: string, values: unknown[] = []) => server.ctx.db.pool.query(text, values)

before(async () => {
  server = await startTestServer()
  desk = (await signIn(server, 'anna', 'dispatcher')).ask
  units = await makeUnits(server, 2)
  incident = (await makeIncidents(server, 1))[0] as number
  const medic = await signIn(server, 'meg', 'paramedic')
  crew = medic.ask
  await makeParamedic(server, medic.id, null)
  await run('UPDATE paramedics SET unit_id = $1 WHERE person_id = $2', [units[0], medic.id])
})
after(() => server.close())

const words = async () =>
  (await desk('GET', `/api/incidents/${incident}/timeline/`)).body.results.map(
    (one: { words: string }) => one.words,
  )

test('notes are kept in their order, and the timeline has no word of them', async () => {
  const path = `/api/incidents/${incident}/notes/`
  for (const text of ['gate is locked', 'key at number 9']) {
    const { status, body } = await desk('POST', path, { text })
    assert.deepEqual([status, body.text, body.written_by], [201, text, 'anna'])
  }
  const { body } = await desk('GET', `${path}?page_size=1`)
  assert.deepEqual([body.results.length, body.results[0].text, body.more], [1, 'gate is locked', true])
  const rest = await desk('GET', `${path}?after=${body.results[0].id}`)
  assert.deepEqual([rest.body.results[0].text, rest.body.more], ['key at number 9', false])
  for (const text of [undefined, '  ', 'x'.repeat(2_001)]) {
    assert.equal((await desk('POST', path, { text })).status, 400)
  }
  assert.equal((await desk('POST', '/api/incidents/999999999/notes/', { text: 'x' })).status, 404)
  assert.equal((await desk('GET', '/api/incidents/999999999/notes/')).status, 404)
  assert.deepEqual(await words(), ['Note written by anna', 'Note written by anna'])
})

test('a message reaches the crew of the unit alone, and is read once', async () => {
  const [mine, other] = units
  const order = { order_id: 'with a message', unit_ids: [mine] }
  assert.equal((await desk('POST', `/api/incidents/${incident}/assignments/`, order)).status, 200)
  const sent = await desk('POST', `/api/units/${mine}/messages/`, { text: 'use the back gate' })
  assert.deepEqual([sent.status, sent.body.incident_id, sent.body.read_at], [201, incident, null])
  const elsewhere = await desk('POST', `/api/units/${other}/messages/`, { text: 'stay' })
  assert.equal(elsewhere.body.incident_id, null)
  assert.deepEqual((await crew('GET', '/api/units/mine/messages/')).body.results, [sent.body])

  const read = await crew('POST', `/api/units/mine/messages/${sent.body.id}/read/`)
  assert.deepEqual([read.status, read.body.read_by], [200, 'meg'])
  const again = await crew('POST', `/api/units/mine/messages/${sent.body.id}/read/`)
  assert.deepEqual(again.body, read.body)
  assert.equal((await crew('POST', `/api/units/mine/messages/${elsewhere.body.id}/read/`)).status, 404)
  assert.deepEqual((await desk('GET', `/api/units/${mine}/messages/`)).body.results, [read.body])
  const told = await words()
  assert.deepEqual(told.slice(-2), ['Message to M1 by anna', 'Message read in M1 by meg'])
  assert.equal((await desk('POST', '/api/units/999999999/messages/', { text: 'x' })).status, 404)
})

test('somebody without a unit has no messages', async () => {
  const { ask } = await signIn(server, 'new', 'paramedic')
  assert.deepEqual((await ask('GET', '/api/units/mine/messages/')).body, { results: [] })
})

test('a unit is moved up to a station and back; where it waits is told', async () => {
  const place = { latitude: 37.7, longitude: -122.4 }
  const chief = (await signIn(server, 'chief', 'supervisor')).ask
  const { body: station } = await chief('POST', '/api/stations/', { name: 'North', ...place })
  const path = `/api/units/${units[0]}/move/`
  const moved = await desk('POST', path, { to: 'station', station_id: station.id })
  assert.deepEqual([moved.status, moved.body.moved_to_station_id], [200, station.id])
  assert.equal((await desk('POST', path, { to: 'STAGING' })).body.moved_to_station_id, station.id)
  assert.equal((await desk('POST', path, { to: 'OWN_STATION' })).body.moved_to_station_id, null)
  assert.deepEqual((await words()).slice(-3), [
    'M1 moved up to North by anna',
    'M1 waits near the scene by anna',
    'M1 sent back to its own station by anna',
  ])
  const wrong = [{ to: 'STATION' }, { to: 'POST', station_id: station.id }, { to: 'MOON' }]
  for (const body of [...wrong, { to: 'STATION', station_id: 999_999_999 }]) {
    assert.equal((await desk('POST', path, body)).status, 400, JSON.stringify(body))
  }
  await chief('POST', `/api/stations/${station.id}/retire/`)
  const retired = await desk('POST', path, { to: 'STATION', station_id: station.id })
  assert.deepEqual(retired.body.station_id, ['The station was taken out of use.'])
  await chief('POST', `/api/units/${units[1]}/retire/`)
  assert.equal((await desk('POST', `/api/units/${units[1]}/move/`, { to: 'POST' })).status, 409)
})

test('retention erases what is old, but of open incidents and of those that the law keeps', async () => {
  const [open, ended, held] = (await makeIncidents(server, 3, 'RET-')) as [number, number, number]
  const all = [open, ended, held]
  for (const id of all) await desk('POST', `/api/incidents/${id}/notes/`, { text: `of ${id}` })
  for (const [at, unit] of units.entries()) {
    await desk('POST', `/api/units/${unit}/messages/`, { text: `message ${at}` })
  }
  await run(
    `UPDATE incidents SET closed_at = received_at, status = 'CANCELLED', disposition = 'FALSE_ALARM'
    WHERE id = ANY($1)`,
    [[ended, held]],
  )
  await run(
    `INSERT INTO calls (call_sid, incident_id, legal_hold, created_at, updated_at)
    VALUES ('held-words', $1, 'asked by a court', now(), now())`,
    [held],
  )
  await run("UPDATE incident_notes SET written_at = now() - interval '31 days' WHERE incident_id = ANY($1)", [
    all,
  ])
  await run(
    "UPDATE crew_messages SET sent_at = now() - interval '31 days', incident_id = NULL WHERE unit_id = $1",
    [units[0]],
  )
  const old = (await run('SELECT id FROM crew_messages WHERE unit_id = $1', [units[0]])).rows.length
  assert.equal(await purgeDeskWords(server.ctx, null), 0)
  assert.equal(await purgeDeskWords(server.ctx, 32), 0)
  assert.equal(await purgeDeskWords(server.ctx, 30), 1 + old)
  assert.equal(await purgeDeskWords(server.ctx, 30), 0)
  const left = await run('SELECT incident_id FROM incident_notes WHERE incident_id = ANY($1) ORDER BY 1', [
    all,
  ])
  assert.deepEqual(
    left.rows.map((row) => row.incident_id),
    [open, held],
  )
  assert.ok((await run('SELECT FROM crew_messages WHERE unit_id = $1', [units[1]])).rows.length > 0)
  const facts = await run("SELECT data FROM facts WHERE type = 'desk_words_erased'")
  assert.deepEqual(
    facts.rows.map((row) => row.data),
    [{ notes: 1, messages: old, why: '30 days' }],
  )
})
