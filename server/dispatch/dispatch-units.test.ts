import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeHospital, makeIncidents, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, asker, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)

let server: TestServer
let ask: Ask
let supervisor: Ask
let dispatcherId: number
let serial = 0
const unit = async (type?: string) => (await makeUnits(server, 1, `U${++serial}-`, type))[0] as number
const incident = async () => (await makeIncidents(server, 1, `I-26-${++serial}-`))[0] as number
const sql = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  server = await startTestServer()
  ;({ ask, id: dispatcherId } = await signIn(server, 'desk', 'dispatcher'))
  supervisor = (await signIn(server, 'chief', 'supervisor')).ask
})
after(() => server.close())

describe('POST /api/dispatch/', () => {
  test('answers with three keys, by the letter of the contract', async () => {
    const [emergency_call_id, ambulance_id] = [await incident(), await unit()]
    const medic = (await signIn(server, 'medic', 'paramedic')).id
    await makeParamedic(server, medic, '2999-01-01')
    const hospital_id = await makeHospital(server, 'General')
    await sql(
      `INSERT INTO calls (call_sid, caller_number, incident_id, created_at, updated_at)
       VALUES ('first', '+15550142', $1, now(), now())`,
      [emergency_call_id],
    )
    const body = { emergency_call_id, ambulance_id, paramedic_id: medic, hospital_id }
    const done = await ask('POST', '/api/dispatch/', body)
    assert.equal(done.status, 200)
    assert.deepEqual(Object.keys(done.body), ['message', 'emergency_call', 'ambulance'])
    assert.equal(done.body.message, 'Ambulance dispatched successfully')
    const { emergency_call: call, ambulance } = done.body
    assert.deepEqual(
      [call.id, call.status, call.priority, call.caller_phone, call.assigned_ambulance, call.dispatcher],
      [emergency_call_id, 'DISPATCHED', 'CRITICAL', '+15550142', ambulance_id, dispatcherId],
    )
    assert.deepEqual(
      [call.assigned_paramedic, call.hospital_destination, call.dispatcher_name, call.closed_at],
      [medic, 'General', 'desk', null],
    )
    assert.ok(Date.parse(call.dispatched_at))
    assert.deepEqual(
      [ambulance.status, ambulance.current_emergency, ambulance.current_emergency_id],
      ['EN_ROUTE', emergency_call_id, call.call_id],
    )
    const facts = await sql(
      "SELECT type, unit_id, data -> 'caller_shown' AS shown FROM facts WHERE incident_id = $1",
      [emergency_call_id],
    )
    // Who was shown the number is on the timeline.
    assert.deepEqual(facts, [{ type: 'unit_assigned', unit_id: ambulance_id, shown: true }])
  })

  test('emergency_id and the older path are the same', async () => {
    const body = { emergency_id: await incident(), ambulance_id: await unit(), paramedic_id: null }
    assert.equal((await ask('POST', '/dispatch/api/dispatch/', body)).status, 200)
  })

  test('400 with all fields at once', async () => {
    const { status, body } = await ask('POST', '/api/dispatch/', {
      ambulance_id: 'x',
      hospital_id: -1,
      extra: 1,
    })
    assert.equal(status, 400)
    assert.deepEqual(Object.keys(body).sort(), [
      'ambulance_id',
      'code',
      'detail',
      'emergency_call_id',
      'extra',
      'hospital_id',
    ])
  })

  test('404 names what is not there, by its field', async () => {
    const all = {
      emergency_call_id: 999_999,
      ambulance_id: 999_999,
      paramedic_id: 999_999,
      hospital_id: 999_999,
    }
    const { status, body } = await ask('POST', '/api/dispatch/', all)
    assert.equal(status, 404)
    for (const name of Object.keys(all)) assert.equal(body[name].length, 1, name)
  })

  test('403 in the words the clients know, for keys, admins and crews', async () => {
    const body = { emergency_call_id: await incident(), ambulance_id: await unit() }
    const others = [
      withKey(server.baseUrl, server.key),
      (await signIn(server, 'boss', 'admin')).ask,
      (await signIn(server, 'crew', 'paramedic')).ask,
    ]
    for (const other of others) {
      const refused = await other('POST', '/api/dispatch/', body)
      assert.deepEqual(
        [refused.status, refused.body.detail],
        [403, 'Only dispatchers can dispatch ambulances'],
      )
    }
    assert.equal((await asker(server.baseUrl, {})('POST', '/api/dispatch/', body)).status, 401)
  })

  test('409 when the unit is bound, with what the clients read', async () => {
    const ambulance_id = await unit()
    const first = { emergency_call_id: await incident(), ambulance_id }
    assert.equal((await ask('POST', '/api/dispatch/', first)).status, 200)
    const { status, body } = await ask('POST', '/api/dispatch/', {
      ...first,
      emergency_call_id: await incident(),
    })
    assert.equal(status, 409)
    assert.deepEqual(body, {
      code: 'unit_busy',
      detail: 'Ambulance is no longer available',
      error: 'Ambulance is no longer available',
      ambulance_id: ['Ambulance is not available for dispatch'],
    })
  })

  test('409 by name: ended incident, expired licence, closed hospital, unit off duty', async () => {
    const refused = async (change: Record<string, unknown>, before: string, values: unknown[]) => {
      const body = { emergency_call_id: await incident(), ambulance_id: await unit(), ...change }
      await sql(before, values.length > 0 ? values : [body.emergency_call_id])
      const answer = await ask('POST', '/api/dispatch/', body)
      assert.equal(answer.status, 409)
      return answer.body.code
    }
    const ended = `UPDATE incidents SET status = 'CLOSED', closed_at = now(),
      disposition = 'NO_PATIENT' WHERE id = $1`
    assert.equal(await refused({}, ended, []), 'incident_not_open')
    const late = (await signIn(server, 'late', 'paramedic')).id
    await makeParamedic(server, late, '2020-01-01')
    assert.equal(await refused({ paramedic_id: late }, 'SELECT $1::int', [1]), 'licence_expired')
    const closed = await makeHospital(server, 'Closed', { diversion: 'CLOSED' })
    assert.equal(await refused({ hospital_id: closed }, 'SELECT $1::int', [1]), 'hospital_closed')
    const off = await unit()
    const duty = `UPDATE units SET duty = 'OFF_DUTY' WHERE id = $1`
    assert.equal(await refused({ ambulance_id: off }, duty, [off]), 'unit_busy')
  })
})

describe('POST …/assignments/', () => {
  test('several units, all or none; the same order_id gives the first reply', async () => {
    const [id, one, two] = [await incident(), await unit(), await unit('BASIC')]
    const order = { order_id: 'order-1', unit_ids: [one, two] }
    const first = await ask('POST', `/api/incidents/${id}/assignments/`, order)
    assert.equal(first.status, 200)
    assert.equal(first.body.assignments.length, 2)
    assert.equal(first.body.incident.status, 'DISPATCHED')
    assert.deepEqual((await ask('POST', `/api/incidents/${id}/assignments/`, order)).body, first.body)
    const other = { ...order, unit_ids: [two] }
    assert.equal((await ask('POST', `/api/incidents/${id}/assignments/`, other)).status, 422)
    const third = { order_id: 'order-2', unit_ids: [await unit(), one] }
    const refused = await ask('POST', `/api/incidents/${await incident()}/assignments/`, third)
    assert.deepEqual([refused.status, refused.body.code], [409, 'unit_busy'])
    const [{ count }] = await sql('SELECT count(*) FROM assignments WHERE unit_id = $1', [third.unit_ids[0]])
    assert.equal(count, 0)
  })

  test('20 at the same instant with one order_id are one order', async () => {
    const [id, one] = [await incident(), await unit()]
    const order = { order_id: 'order-race', unit_ids: [one] }
    const all = await Promise.all(
      range(20).map(() => ask('POST', `/api/incidents/${id}/assignments/`, order)),
    )
    assert.deepEqual(new Set(all.map(({ status }) => status)), new Set([200]))
    assert.equal(new Set(all.map(({ body }) => body.assignments[0].id)).size, 1)
  })

  test('only a supervisor overrides, and the reason is on the timeline', async () => {
    const [id, one] = [await incident(), await unit()]
    const hospital_id = await makeHospital(server, `Shut ${id}`, { diversion: 'CLOSED' })
    const order = { order_id: 'order-over', unit_ids: [one], hospital_id, override_reason: 'nearest by far' }
    assert.equal((await ask('POST', `/api/incidents/${id}/assignments/`, order)).status, 403)
    assert.equal((await supervisor('POST', `/api/incidents/${id}/assignments/`, order)).status, 200)
    const [fact] = await sql(`SELECT data FROM facts WHERE incident_id = $1 AND type = 'rule_overridden'`, [
      id,
    ])
    assert.deepEqual([fact.data.rules, fact.data.reason], [['hospital_closed'], 'nearest by far'])
  })
})

test('a whole life: each step once, the incident follows, the unit is free again', async () => {
  const [id, one] = [await incident(), await unit()]
  const order = { order_id: 'life', unit_ids: [one] }
  const { body } = await ask('POST', `/api/incidents/${id}/assignments/`, order)
  const path = `/api/assignments/${body.assignments[0].id}`
  const status = async () => (await sql('SELECT status FROM incidents WHERE id = $1', [id]))[0].status
  const lived: [string, object, string][] = [
    ['acknowledge', {}, 'DISPATCHED'],
    ['en-route', {}, 'EN_ROUTE'],
    ['on-scene', {}, 'ON_SCENE'],
    ['at-patient', {}, 'ON_SCENE'],
    ['transport', { hospital_id: await makeHospital(server, 'Life') }, 'TRANSPORTING'],
    ['at-hospital', {}, 'AT_HOSPITAL'],
    ['handover', {}, 'AT_HOSPITAL'],
    ['clear', {}, 'RECEIVED'],
  ]
  assert.equal((await ask('POST', `${path}/transport/`, {})).status, 400)
  for (const [step, more, expected] of lived) {
    const reported = await ask('POST', `${path}/${step}/`, more)
    assert.equal(reported.status, 200, step)
    assert.deepEqual((await ask('POST', `${path}/${step}/`, more)).body, reported.body)
    assert.equal(await status(), expected, step)
  }
  assert.equal((await ask('POST', `${path}/cancel/`, { reason: 'late' })).status, 409)
  const again = { order_id: 'life-2', unit_ids: [one] }
  assert.equal((await ask('POST', `/api/incidents/${await incident()}/assignments/`, again)).status, 200)
})
