import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeHospital, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
let supervisor: Ask
let ai: Ask
let serial = 0
const sql = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows
const typesOf = async (id: number) =>
  (await sql('SELECT type FROM facts WHERE incident_id = $1 ORDER BY id', [id])).map((row) => row.type)

before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
  supervisor = (await signIn(server, 'chief', 'supervisor')).ask
  ai = withKey(server.baseUrl, server.key)
})
after(() => server.close())

async function raise(more: Record<string, unknown> = {}): Promise<number> {
  const { status, body } = await ask('POST', '/api/incidents/', { emergency_type: 'cardiac', ...more })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id
}

async function send(id: number): Promise<{ assignment: number; unit: number }> {
  const [unit] = (await makeUnits(server, 1, `I${++serial}-`)) as [number]
  const order = { order_id: `o${serial}`, unit_ids: [unit] }
  const { body } = await ask('POST', `/api/incidents/${id}/assignments/`, order)
  return { assignment: body.assignments[0].id, unit }
}

const calls: [string, Record<string, unknown>, Record<string, unknown> | undefined, boolean][] = [
  ['type and place at once', { emergency_type: 'FIRE', location: '21 Harbour Street' }, undefined, true],
  ['coordinates alone', { emergency_type: 'STROKE', latitude: 37.7, longitude: -122.4 }, undefined, true],
  ['the place comes late', { emergency_type: 'MEDICAL' }, { location: 'Pier 3' }, true],
  ['the type comes late', { location: 'Pier 3' }, { emergency_type: 'trauma' }, true],
  ['no place', { emergency_type: 'MEDICAL' }, { priority_level: 'HIGH' }, false],
  ['a type that waits for a person', { emergency_type: 'POLICE', location: 'Pier 3' }, undefined, false],
  ['not known what', { location: 'Pier 3' }, undefined, false],
  ['cancelled in the same breath', { emergency_type: 'FIRE' }, { location: 'x', status: 'CANCELLED' }, false],
]
for (const [name, opening, change, raised] of calls) {
  test(`a call raises ${raised ? 'its' : 'no'} incident: ${name}`, async () => {
    const call_sid = `raise-${++serial}`
    let { body } = await ai('POST', '/api/calls/', { call_sid, caller_number: '+15550142', ...opening })
    if (change) body = (await ai('PATCH', `/api/calls/${call_sid}/`, change)).body
    assert.equal(body.incident_id !== null, raised)
    // What the reply says is what is stored, and saying it again raises no second one.
    const again = await ai('POST', '/api/calls/', { call_sid, caller_number: '+15550142', ...opening })
    assert.equal(again.body.incident_id, body.incident_id)
    if (!raised) return
    const { body: incident } = await ask('GET', `/api/incidents/${body.incident_id}/`)
    assert.match(incident.incident_number, /^I-\d\d-\d{6}$/)
    assert.deepEqual([incident.status, incident.priority, incident.assignments], ['RECEIVED', 2, []])
    assert.deepEqual(await typesOf(incident.id), ['incident_raised', 'call_linked'])
  })
}

test('raised by hand, also for a call that waits for a person, which cannot be taken twice', async () => {
  const opening = {
    call_sid: 'hand',
    caller_number: '+15550142',
    emergency_type: 'POLICE',
    location: 'Pier 3',
  }
  const { body: call } = await ai('POST', '/api/calls/', opening)
  const id = await raise({ emergency_type: 'POLICE', priority: 3, location: 'Pier 3', call_id: call.id })
  assert.equal((await ai('GET', '/api/calls/hand/')).body.incident_id, id)
  // The AI goes on writing to the call that a person has linked meanwhile.
  const changed = await ai('PATCH', '/api/calls/hand/', { emergency_type: 'MEDICAL' })
  assert.equal(changed.body.incident_id, id)
  const twice = await ask('POST', '/api/incidents/', { emergency_type: 'FIRE', call_id: call.id })
  assert.equal(twice.status, 404)
  assert.ok(twice.body.call_id)
})

test('refused: unknown fields, half a position, a status, others than dispatchers', async () => {
  const bad = { emergency_type: 'x', latitude: 1, status: 'CLOSED', priority: 5 }
  const { status, body } = await ask('POST', '/api/incidents/', bad)
  assert.equal(status, 400)
  for (const name of ['emergency_type', 'priority', 'status']) assert.ok(body[name], name)
  const half = await ask('POST', '/api/incidents/', { emergency_type: 'FIRE', latitude: 1 })
  assert.ok(half.body.latitude)
  const id = await raise()
  assert.ok((await ask('PATCH', `/api/incidents/${id}/`, { status: 'CLOSED' })).body.status)
  assert.equal((await ai('PATCH', `/api/incidents/${id}/`, { priority: 1 })).status, 403)
  assert.equal((await ask('GET', '/api/incidents/999999/')).status, 404)
})

test('an edit tells what changed, and nothing when nothing did', async () => {
  const id = await raise({ location: 'Pier 3' })
  const edit = { priority: 1, location: 'Pier 4', notes: 'blue door' }
  for (const _ of [1, 2]) assert.equal((await ask('PATCH', `/api/incidents/${id}/`, edit)).status, 200)
  const { body } = await ask('GET', `/api/incidents/${id}/timeline/`)
  assert.deepEqual(
    body.results.map((one: { type: string }) => one.type),
    ['incident_raised', 'incident_updated'],
  )
  assert.deepEqual(body.results[1].data.changes.location, { from: 'Pier 3', to: 'Pier 4' })
  assert.equal(body.results[1].words, 'Priority 2 -> 1, place, notes by desk')
})

test('closing frees every unit in one transaction; again is harmless; a supervisor reopens', async () => {
  const id = await raise()
  const [one, two] = [await send(id), await send(id)]
  await ask('POST', `/api/assignments/${one.assignment}/on-scene/`, {})
  const end = { disposition: 'TREATED_AND_RELEASED' }
  const closed = await ask('POST', `/api/incidents/${id}/close/`, end)
  assert.deepEqual([closed.status, closed.body.status], [200, 'CLOSED'])
  assert.equal((await ask('POST', `/api/incidents/${id}/close/`, end)).status, 200)
  assert.equal((await ask('POST', `/api/incidents/${id}/close/`, { disposition: 'REFUSED' })).status, 409)
  const live = await sql(`SELECT FROM assignments WHERE unit_id = ANY($1) AND status NOT IN ('CLEARED')`, [
    [one.unit, two.unit],
  ])
  assert.equal(live.length, 0)
  const next = { order_id: 'next', unit_ids: [one.unit, two.unit] }
  assert.equal((await ask('POST', `/api/incidents/${await raise()}/assignments/`, next)).status, 200)
  assert.equal((await ask('POST', `/api/incidents/${id}/reopen/`, { reason: 'x' })).status, 403)
  const opened = await supervisor('POST', `/api/incidents/${id}/reopen/`, { reason: 'caller rang again' })
  assert.deepEqual([opened.status, opened.body.status, opened.body.closed_at], [200, 'RECEIVED', null])
})

test('the timeline says in words what happened, with the numbers that people know', async () => {
  const [id, into] = [await raise({ priority: 3 }), await raise({ priority: 4 })]
  const { assignment, unit } = await send(id)
  const hospital_id = await makeHospital(server, 'St Mary')
  await ask('POST', `/api/assignments/${assignment}/en-route/`, {})
  await ask('POST', `/api/assignments/${assignment}/transport/`, { hospital_id })
  await ask('POST', `/api/incidents/${id}/merge/`, { into_id: into })
  const numbers = await sql('SELECT id, incident_number FROM incidents WHERE id = ANY($1)', [[id, into]])
  const number = (of: number) => numbers.find((one) => one.id === of).incident_number
  const [{ unit_number }] = await sql('SELECT unit_number FROM units WHERE id = $1', [unit])
  const wordsOf = async (of: number) =>
    (await ask('GET', `/api/incidents/${of}/timeline/`)).body.results.map(
      (one: { words: string }) => one.words,
    )
  assert.deepEqual(await wordsOf(id), [
    `${number(id)} raised by desk: CARDIAC, priority 3`,
    `${unit_number} sent by desk`,
    `${unit_number} en route`,
    `${unit_number} on the way to St Mary`,
    `Merged into ${number(into)} by desk`,
  ])
  assert.equal((await wordsOf(into)).at(-1).split(';')[0], `${number(id)} merged into this one by desk`)
})

test('a patient on board keeps the incident open, unless forced with a reason', async () => {
  const id = await raise()
  const { assignment } = await send(id)
  const hospital_id = await makeHospital(server, `Board ${id}`)
  await ask('POST', `/api/assignments/${assignment}/transport/`, { hospital_id })
  const end = { disposition: 'TREATED_AND_TRANSPORTED' }
  const refused = await ask('POST', `/api/incidents/${id}/close/`, end)
  assert.deepEqual([refused.status, refused.body.code], [409, 'patient_on_board'])
  assert.equal((await ask('POST', `/api/incidents/${id}/close/`, { ...end, force: true })).status, 400)
  const forced = { ...end, force: true, reason: 'crew radio lost' }
  assert.equal((await ask('POST', `/api/incidents/${id}/close/`, forced)).status, 200)
})

test('the list filters, searches and pages without loss', async () => {
  const notes = 'listed here'
  const ids = []
  for (const priority of [1, 2, 3, 4, 1]) ids.push(await raise({ priority, notes }))
  const seen: number[] = []
  let path = '/api/incidents/?search=listed+here&page_size=2'
  while (path) {
    const { body } = await ask('GET', path)
    seen.push(...body.results.map((one: { id: number }) => one.id))
    path = body.next?.replace(server.baseUrl, '')
  }
  assert.deepEqual(seen, ids.toReversed())
  const { body } = await ask('GET', '/api/incidents/?search=listed+here&priority=1&open=true')
  assert.equal(body.results.length, 2)
  assert.equal((await ask('GET', '/api/incidents/?colour=red')).status, 400)
  assert.equal((await ask('GET', '/api/incidents/?cursor=zzz')).status, 400)
})

test('dispatch races close: a closed incident never holds a live unit', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 15; round += 1) {
    const id = await raise()
    const units = await makeUnits(server, 6, `R${++serial}-`)
    const orders = units.map((unit, at) =>
      ask('POST', `/api/incidents/${id}/assignments/`, { order_id: `r${serial}-${at}`, unit_ids: [unit] }),
    )
    const close = ask('POST', `/api/incidents/${id}/close/`, { disposition: 'NO_PATIENT' })
    const answers = await Promise.all([...orders, close])
    for (const { status } of answers) assert.ok(status === 200 || status === 409, String(status))
    const held = await sql(
      `SELECT FROM assignments a JOIN incidents i ON i.id = a.incident_id WHERE i.id = $1
        AND i.closed_at IS NOT NULL AND a.status NOT IN ('CLEARED', 'CANCELLED', 'DIVERTED')`,
      [id],
    )
    assert.equal(held.length, 0)
  }
})
