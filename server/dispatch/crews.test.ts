import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { makeHospital, makeIncidents, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let desk: Ask
/** Who leads a crew when a dispatcher says so, who is in the crew of a unit, and who is of neither. */
let leader: { id: number; ask: Ask }
let mate: { id: number; ask: Ask }
let stranger: { id: number; ask: Ask }
let hospital_id: number
let serial = 0
const query = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  server = await startTestServer()
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  const medic = async (name: string) => {
    const one = await signIn(server, name, 'paramedic')
    await makeParamedic(server, one.id, '2999-01-01')
    return one
  }
  leader = await medic('leader')
  mate = await medic('mate')
  stranger = await medic('stranger')
  hospital_id = await makeHospital(server, 'General')
})
after(() => server.close())

let incident: number
let unit: number
let path: string
let assigned_at: string

/** Sends a unit, led by the leader, with the mate in its crew, to an incident that somebody called about. */
beforeEach(async () => {
  await query(`UPDATE assignments SET status = 'CLEARED', cleared_at = now()
    WHERE cleared_at IS NULL AND cancelled_at IS NULL AND diverted_at IS NULL`)
  ;[incident] = (await makeIncidents(server, 1, `K${++serial}-`)) as [number]
  ;[unit] = (await makeUnits(server, 1, `K${serial}-`)) as [number]
  await query(
    `INSERT INTO calls (call_sid, caller_number, incident_id, created_at, updated_at)
      VALUES ('crew' || $1::bigint, '+15550142', $1, now(), now())`,
    [incident],
  )
  await query('UPDATE paramedics SET unit_id = $1 WHERE person_id = $2', [unit, mate.id])
  const order = { order_id: `crews-${serial}`, unit_ids: [unit], paramedic_ids: [leader.id] }
  const { status, body } = await desk('POST', `/api/incidents/${incident}/assignments/`, order)
  assert.equal(status, 200)
  path = `/api/assignments/${body.assignments[0].id}`
  assigned_at = body.assignments[0].assigned_at
})

describe('a crew reads what it is sent to', () => {
  test('the leader and the crew of the unit, without the caller; nobody else', async () => {
    for (const one of [leader, mate]) {
      const { status, body } = await one.ask('GET', '/api/assignments/mine/')
      assert.equal(status, 200)
      assert.deepEqual([body.assignment.unit_id, body.assignment.status], [unit, 'ASSIGNED'])
      assert.deepEqual(body.assignment.incident, {
        ...{ id: incident, incident_number: `K${serial}-1`, status: 'DISPATCHED', priority: 1 },
        ...{ emergency_type: 'CARDIAC', location: '21 Harbour Street', latitude: null, longitude: null },
        notes: '',
      })
      assert.ok(!JSON.stringify(body).includes('5550142'))
    }
    assert.deepEqual((await stranger.ask('GET', '/api/assignments/mine/')).body, { assignment: null })
    assert.equal((await desk('GET', '/api/assignments/mine/')).status, 403)
  })

  test('who leads one crew and is in another sees the one they lead', async () => {
    const [other] = await makeUnits(server, 1, `K${serial}b-`)
    const order = { order_id: `crews-${serial}b`, unit_ids: [other], paramedic_ids: [mate.id] }
    assert.equal((await desk('POST', `/api/incidents/${incident}/assignments/`, order)).status, 200)
    const { body } = await mate.ask('GET', '/api/assignments/mine/')
    assert.deepEqual([body.assignment.unit_id, body.assignment.paramedic_id], [other, mate.id])
  })

  test('nothing once it has ended', async () => {
    assert.equal((await mate.ask('POST', `${path}/clear/`)).status, 200)
    assert.deepEqual((await leader.ask('GET', '/api/assignments/mine/')).body, { assignment: null })
  })
})

describe('a crew reports its own steps', () => {
  test('a whole life, by the leader and the mate in turn, with the time of an offline phone', async () => {
    const lived: [string, object?][] = [
      ['acknowledge', { at: assigned_at }],
      ['en-route', { at: assigned_at }],
      ['on-scene'],
      ['at-patient'],
      ['transport', { hospital_id }],
      ['at-hospital'],
      ['handover'],
      ['clear'],
    ]
    for (const [at, [step, more]] of lived.entries()) {
      const { status, body } = await (at % 2 ? mate : leader).ask('POST', `${path}/${step}/`, more)
      assert.equal(status, 200, `${step} ${JSON.stringify(body)}`)
      if (step === 'en-route') assert.equal(body.en_route_at, assigned_at)
    }
    const again = await leader.ask('POST', `${path}/clear/`)
    assert.deepEqual([again.status, again.body.status, again.body.hospital_id], [200, 'CLEARED', hospital_id])
    const types = await query(
      `SELECT type, actor_name FROM facts WHERE incident_id = $1 AND type LIKE 'unit_%' ORDER BY id`,
      [incident],
    )
    assert.deepEqual(types.at(-1), { type: 'unit_cleared', actor_name: 'mate' })
  })

  test('for anybody else there is no such assignment, also once they have left the unit', async () => {
    assert.equal((await stranger.ask('POST', `${path}/acknowledge/`)).status, 404)
    const [other] = await makeUnits(server, 1, `K${serial}b-`)
    await query('UPDATE paramedics SET unit_id = $1 WHERE person_id = $2', [other, mate.id])
    const gone = await mate.ask('POST', `${path}/acknowledge/`)
    const none = await mate.ask('POST', '/api/assignments/999999/acknowledge/')
    assert.deepEqual([gone.status, gone.body], [404, none.body])
    assert.equal(
      (await query('SELECT status FROM assignments WHERE unit_id = $1', [unit]))[0].status,
      'ASSIGNED',
    )
  })

  test('without a profile there is none either', async () => {
    const bare = (await signIn(server, `bare-${serial}`, 'paramedic')).ask
    assert.equal((await bare('POST', `${path}/acknowledge/`)).status, 404)
    assert.deepEqual((await bare('GET', '/api/assignments/mine/')).body, { assignment: null })
    const order = { order_id: `crews-${serial}c`, unit_ids: await makeUnits(server, 1, `K${serial}c-`) }
    const { body } = await desk('POST', `/api/incidents/${incident}/assignments/`, order)
    const unled = `/api/assignments/${body.assignments[0].id}/acknowledge/`
    for (const ask of [bare, leader.ask]) assert.equal((await ask('POST', unled)).status, 404)
  })

  test('what is a dispatcher’s: cancel, divert and correct', async () => {
    const reason = 'because'
    const refused: [string, object][] = [
      ['cancel', { reason }],
      ['divert', { incident_id: incident, reason }],
      ['correct', { hospital_id, reason }],
    ]
    for (const [step, body] of refused)
      assert.equal((await leader.ask('POST', `${path}/${step}/`, body)).status, 403, step)
    for (const step of ['close', 'cancel'])
      assert.equal((await leader.ask('POST', `/api/incidents/${incident}/${step}/`, {})).status, 403, step)
  })

  test('a hospital comes with transport, and must be there', async () => {
    const early = await leader.ask('POST', `${path}/en-route/`, { hospital_id })
    assert.deepEqual([early.status, early.body.hospital_id?.length], [400, 1])
    assert.equal((await leader.ask('POST', `${path}/transport/`)).status, 400)
    assert.equal((await leader.ask('POST', `${path}/transport/`, { hospital_id: 999_999 })).status, 404)
    assert.equal((await leader.ask('POST', `${path}/transport/`, { hospital_id })).status, 200)
  })
})

describe('a crew declines', () => {
  test('with a reason, before it is en route; the unit is free and the incident waits again', async () => {
    assert.equal((await mate.ask('POST', `${path}/acknowledge/`)).status, 200)
    const bare = await mate.ask('POST', `${path}/decline/`)
    assert.deepEqual([bare.status, bare.body.reason?.length], [400, 1])
    const done = await mate.ask('POST', `${path}/decline/`, { reason: 'flat tyre' })
    assert.deepEqual([done.status, done.body.status, done.body.reason], [200, 'CANCELLED', 'flat tyre'])
    assert.deepEqual((await mate.ask('POST', `${path}/decline/`, { reason: 'again' })).body, done.body)
    const facts = await query(
      `SELECT data, actor_name FROM facts WHERE incident_id = $1 AND type = 'unit_cancelled'`,
      [incident],
    )
    assert.equal(facts.length, 1)
    const { data, actor_name } = facts[0]
    assert.deepEqual([data.declined, data.reason, actor_name], [true, 'flat tyre', 'mate'])
    assert.equal((await desk('GET', `/api/units/${unit}/`)).body.status, 'AVAILABLE')
    assert.equal((await desk('GET', `/api/incidents/${incident}/`)).body.status, 'RECEIVED')
  })

  test('not once it is en route; a dispatcher may still cancel', async () => {
    assert.equal((await leader.ask('POST', `${path}/en-route/`)).status, 200)
    const late = await leader.ask('POST', `${path}/decline/`, { reason: 'flat tyre' })
    assert.deepEqual([late.status, late.body.code], [409, 'assignment_moved_on'])
    assert.equal((await desk('POST', `${path}/cancel/`, { reason: 'flat tyre' })).status, 200)
    const after = await leader.ask('POST', `${path}/on-scene/`)
    assert.deepEqual([after.status, after.body.code], [409, 'assignment_moved_on'])
  })

  test('a crew that is under way and a dispatcher who cancels at once: one of the two counts', async () => {
    const [step, cancel] = await Promise.all([
      leader.ask('POST', `${path}/on-scene/`),
      desk('POST', `${path}/cancel/`, { reason: 'false alarm' }),
    ])
    assert.deepEqual([step.status, cancel.status].sort(), [200, 409])
    const { status } = (await desk('GET', `${path}/`)).body
    assert.equal(status, step.status === 200 ? 'ON_SCENE' : 'CANCELLED')
  })
})
