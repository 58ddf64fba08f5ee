import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
let made = 0
const sid = () => `CA-${process.pid}-${++made}`

before(async () => {
  server = await startTestServer()
  ask = withKey(server.baseUrl, server.key)
})
after(() => server.close())

async function open(more: object = {}): Promise<string> {
  const call_sid = sid()
  const { status } = await ask('POST', '/api/calls/', { call_sid, caller_number: '+15550142', ...more })
  assert.equal(status, 201)
  return call_sid
}

describe('POST /api/calls/', () => {
  test('the smallest body is enough, and every field of the contract comes back', async () => {
    const call_sid = sid()
    const { status, body, headers } = await ask('POST', '/api/calls/', {
      call_sid,
      caller_number: '+15550142',
    })
    assert.equal(status, 201)
    assert.match(headers.get('x-request-id') ?? '', /^[\w-]{8,}$/)
    const { id, created_at, ...rest } = body
    assert.ok(Number.isInteger(id) && Math.abs(Date.parse(created_at) - Date.now()) < 60_000)
    assert.deepEqual(rest, {
      call_sid,
      caller_number: '+15550142',
      location: '',
      emergency_type: null,
      incident_number: null,
      priority_level: null,
      status: 'ACTIVE',
      completed_at: null,
      answered_at: null,
      duration_seconds: null,
      category: 'GENERAL',
      latitude: null,
      longitude: null,
      escalated_to_911: false,
      units_dispatched: false,
      incident_id: null,
      lost_contact: false,
      handoff: null,
      language: null,
      answered_by: 'AI',
    })
    assert.deepEqual((await ask('GET', `/api/calls/${call_sid}`)).body, body)
  })

  test('the same call_sid again is 200, filled where it was unknown', async () => {
    const call_sid = await open({ emergency_type: 'medical' })
    const again = { call_sid, caller_number: '+15550999', emergency_type: 'FIRE', location: 'Quay 4' }
    const { status, body } = await ask('POST', '/api/calls', again)
    assert.equal(status, 200)
    assert.deepEqual(
      [body.caller_number, body.emergency_type, body.location],
      ['+15550142', 'MEDICAL', 'Quay 4'],
    )
  })

  test('50 at the same instant are one row, one 201 and 49 200', async () => {
    const body = { call_sid: sid(), caller_number: '+15550142' }
    const replies = await Promise.all(Array.from({ length: 50 }, () => ask('POST', '/api/calls/', body)))
    const count = (status: number) => replies.filter((reply) => reply.status === status).length
    assert.deepEqual([count(201), count(200)], [1, 49])
    assert.equal(new Set(replies.map((reply) => reply.body.id)).size, 1)
    const text = 'SELECT count(*)::int AS n FROM calls WHERE call_sid = $1'
    assert.equal((await server.ctx.db.pool.query(text, [body.call_sid])).rows[0].n, 1)
  })

  test('a form is as good as JSON', async () => {
    const form = new URLSearchParams({
      call_sid: sid(),
      caller_number: '+1 555',
      latitude: '37.7',
      escalated_to_911: 'true',
    })
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const { status, body } = await ask('POST', '/api/calls/', form.toString(), type)
    assert.equal(status, 201)
    assert.deepEqual([body.caller_number, body.latitude, body.escalated_to_911], ['+1 555', 37.7, true])
  })

  test('all faults at once, each by the name of its field', async () => {
    const bad = {
      caller_number: {},
      emergency_type: 'GAS',
      latitude: 91,
      completed_at: 'soon',
      location: 'x'.repeat(1_001),
    }
    const { status, body } = await ask('POST', '/api/calls/', bad)
    assert.equal(status, 400)
    assert.equal(body.code, 'invalid')
    const fields = Object.keys(body).filter((key) => !['code', 'detail'].includes(key))
    assert.deepEqual(fields.sort(), [
      'call_sid',
      'caller_number',
      'completed_at',
      'emergency_type',
      'latitude',
      'location',
    ])
    for (const field of fields) assert.ok(Array.isArray(body[field]) && typeof body[field][0] === 'string')
  })

  test('unknown keys and our own fields are ignored', async () => {
    const call_sid = await open({
      id: 9,
      lost_contact: true,
      incident_id: 3,
      model: 'v9',
      nested: { a: [1] },
    })
    const { body } = await ask('GET', `/api/calls/${call_sid}/`)
    assert.deepEqual([body.lost_contact, body.incident_id], [false, null])
  })
})

describe('PUT and PATCH /api/calls/{call_sid}/', () => {
  for (const method of ['PUT', 'PATCH']) {
    test(`${method} takes a part and blanks erase nothing`, async () => {
      const call_sid = await open({ location: 'Quay 4', priority_level: 'high' })
      const blanks = {
        location: '',
        priority_level: null,
        emergency_type: 'undefined',
        latitude: '',
        language: 'es',
      }
      const { status, body } = await ask(method, `/api/calls/${call_sid}/`, blanks)
      assert.equal(status, 200)
      assert.deepEqual([body.location, body.priority_level, body.language], ['Quay 4', 'HIGH', 'es'])
    })

    test(`${method} with the whole representation back changes nothing`, async () => {
      const call_sid = await open({ location: 'Quay 4' })
      const { body } = await ask('GET', `/api/calls/${call_sid}/`)
      assert.deepEqual((await ask(method, `/api/calls/${call_sid}/`, body)).body, body)
    })
  }

  test('a terminal status is stamped once, repeats are 200, another is 409', async () => {
    const call_sid = await open()
    const path = `/api/calls/${call_sid}/`
    const first = await ask('PUT', path, { status: 'completed' })
    assert.equal(first.status, 200)
    assert.ok(first.body.completed_at && first.body.duration_seconds >= 0)
    const again = await ask('PUT', path, { status: 'COMPLETED', duration_seconds: 999 })
    assert.deepEqual([again.status, again.body], [200, first.body])
    const other = await ask('PATCH', path, { status: 'ACTIVE' })
    assert.deepEqual([other.status, other.body.code], [409, 'call_ended'])
    assert.equal(other.body.error, other.body.detail)
  })

  test('unknown call 404, another call_sid in the body 400', async () => {
    const call_sid = await open()
    assert.equal((await ask('PUT', '/api/calls/none/', { location: 'x' })).status, 404)
    const { status, body } = await ask('PUT', `/api/calls/${call_sid}/`, { call_sid: 'other' })
    assert.deepEqual([status, body.call_sid.length], [400, 1])
  })

  test('a call_sid may hold any character', async () => {
    const call_sid = `${sid()} /?#%&ü🚑"'<`
    await ask('POST', '/api/calls/', { call_sid, caller_number: 'anonymous' })
    const path = `/api/calls/${encodeURIComponent(call_sid)}/`
    assert.equal((await ask('GET', path)).body.call_sid, call_sid)
    assert.equal((await ask('PATCH', path, { location: 'here' })).body.location, 'here')
  })
})

test('many different updates of one call at the same instant are all there', async () => {
  const call_sid = await open()
  const parts = [
    { location: 'Quay 4' },
    { latitude: 1.5 },
    { longitude: -2.5 },
    { priority_level: 'LOW' },
    { category: 'FALL' },
  ]
  await Promise.all(parts.map((part) => ask('PATCH', `/api/calls/${call_sid}/`, part)))
  const { body } = await ask('GET', `/api/calls/${call_sid}/`)
  for (const part of parts) assert.deepEqual({ ...body, ...part }, body)
})

test('facts tell each change once, without the caller and the words', async () => {
  const call_sid = await open({ caller_number: '+15550777' })
  await ask('PATCH', `/api/calls/${call_sid}/`, { location: 'Quay 4', caller_number: '+15550778' })
  await ask('PATCH', `/api/calls/${call_sid}/`, { location: 'Quay 4' })
  await ask('POST', `/api/calls/${call_sid}/interactions/`, { speaker: 'caller', message: 'secret words' })
  await ask('PATCH', `/api/calls/${call_sid}/`, { status: 'CANCELLED' })
  const text = `SELECT f.type, f.data, f.actor_kind FROM facts f JOIN calls c ON c.id = f.call_id
    WHERE c.call_sid = $1 ORDER BY f.id`
  const { rows } = await server.ctx.db.pool.query(text, [call_sid])
  assert.deepEqual(
    rows.map((row) => row.type),
    ['call_opened', 'call_updated', 'interaction_added', 'call_completed'],
  )
  assert.deepEqual(rows[1].data.changes, {
    location: { from: '', to: 'Quay 4' },
    caller_number: { withheld: true },
  })
  assert.doesNotMatch(JSON.stringify(rows), /5550777|5550778|secret/)
})
