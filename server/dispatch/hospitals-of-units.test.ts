import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { LiveFact } from '@toneout/contract/model/fact.ts'
import { makeHospital, makeIncidents, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import { openStream } from '../test/support/event-stream.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let desk: Ask
let chief: Ask
let medic: { id: number; ask: Ask }
let serial = 0
before(async () => {
  server = await startTestServer()
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  chief = (await signIn(server, 'chief', 'supervisor')).ask
  medic = await signIn(server, 'medic', 'paramedic')
  await makeParamedic(server, medic.id, '2999-01-01')
})
after(() => server.close())

const hospital = (more: Record<string, string> = {}) => makeHospital(server, `Hospital ${++serial}`, more)
const closed = () => hospital({ diversion: 'CLOSED' })
const full = () => hospital({ emergency_capacity: 'FULL' })
const divert = async (id: number, diversion: string) =>
  assert.equal((await desk('PATCH', `/api/hospitals/${id}/`, { diversion })).status, 200)
const fullWords = 'The emergency department of the hospital is full.'
const closedWords = 'The hospital is closed to ambulances.'
const why = 'the ward takes this one'

/** A unit at the patient, led by the paramedic, with the hospital that the order named. */
async function atPatient(hospital_id?: number, more: object = {}) {
  await server.ctx.db.pool.query(`UPDATE assignments SET status = 'CLEARED', cleared_at = now()
    WHERE coalesce(cleared_at, cancelled_at, diverted_at) IS NULL`)
  const [incident] = await makeIncidents(server, 1, `H${++serial}-`)
  const unit_ids = await makeUnits(server, 1, `H${serial}-`)
  const order = { order_id: `hospitals-${serial}`, unit_ids, paramedic_ids: [medic.id], hospital_id, ...more }
  const sent = await chief('POST', `/api/incidents/${incident}/assignments/`, order)
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  const path = `/api/assignments/${sent.body.assignments[0].id}`
  assert.equal((await medic.ask('POST', `${path}/at-patient/`)).status, 200)
  return { path, id: sent.body.assignments[0].id as number, unit: unit_ids[0], warnings: sent.body.warnings }
}
const overridesOf = async (id: number) =>
  (
    await server.ctx.db.pool.query(
      `SELECT data -> 'rules' AS rules, data ->> 'reason' AS reason, actor_name FROM facts
        WHERE type = 'rule_overridden' AND data ->> 'assignment_id' = $1::text`,
      [id],
    )
  ).rows

describe('a unit leaves for a hospital', () => {
  test('that is open: no warning', async () => {
    const { path } = await atPatient()
    const { status, body } = await medic.ask('POST', `${path}/transport/`, { hospital_id: await hospital() })
    assert.deepEqual([status, body.status, body.warnings], [200, 'TRANSPORTING', []])
  })

  test('that is full: a warning, from whoever says so', async () => {
    const hospital_id = await full()
    for (const ask of [medic.ask, desk]) {
      const { path } = await atPatient()
      const { status, body } = await ask('POST', `${path}/transport/`, { hospital_id })
      assert.deepEqual([status, body.hospital_id, body.warnings], [200, hospital_id, [fullWords]])
    }
  })

  test('that is closed: refused by name, and nothing happened; another is open to the crew', async () => {
    const { path } = await atPatient()
    const hospital_id = await closed()
    for (const ask of [medic.ask, desk, chief]) {
      const { status, body } = await ask('POST', `${path}/transport/`, { hospital_id })
      assert.deepEqual([status, body.code, body.hospital_id.length], [409, 'hospital_closed', 1])
    }
    const now = (await desk('GET', `${path}/`)).body
    assert.deepEqual([now.status, now.hospital_id], ['AT_PATIENT', null])
    const other = await hospital()
    assert.equal((await medic.ask('POST', `${path}/transport/`, { hospital_id: other })).status, 200)
  })

  test('closed, with a reason: a supervisor may, it is a fact, the crew is not asked again', async () => {
    const { path, id } = await atPatient()
    const body = { hospital_id: await closed(), override_reason: why }
    for (const ask of [medic.ask, desk])
      assert.equal((await ask('POST', `${path}/transport/`, body)).status, 403)
    const done = await chief('POST', `${path}/transport/`, body)
    assert.deepEqual([done.status, done.body.warnings], [200, [closedWords]])
    assert.deepEqual(await overridesOf(id), [
      { rules: ['hospital_closed'], reason: why, actor_name: 'chief' },
    ])
    assert.equal((await medic.ask('POST', `${path}/transport/`)).status, 200)
    for (const step of ['at-hospital', 'handover', 'clear']) {
      assert.equal((await medic.ask('POST', `${path}/${step}/`)).status, 200)
    }
  })

  test('that was closed when a supervisor sent it there: the reason of the order counts', async () => {
    const { path, warnings } = await atPatient(await closed(), { override_reason: why })
    assert.deepEqual(warnings, [closedWords])
    const { status, body } = await medic.ask('POST', `${path}/transport/`)
    assert.deepEqual([status, body.warnings], [200, [closedWords]])
  })

  test('that closed since it was named: refused, until it opens again', async () => {
    const hospital_id = await hospital()
    const { path } = await atPatient(hospital_id)
    await divert(hospital_id, 'CLOSED')
    const refused = await medic.ask('POST', `${path}/transport/`)
    assert.deepEqual([refused.status, refused.body.code], [409, 'hospital_closed'])
    await divert(hospital_id, 'ADVISORY')
    assert.equal((await medic.ask('POST', `${path}/transport/`)).status, 200)
  })

  test('that closed after it had left, told late by a phone: taken, with a warning', async () => {
    const hospital_id = await hospital()
    const { path } = await atPatient()
    const at = (await desk('GET', `${path}/`)).body.at_patient_at
    await divert(hospital_id, 'CLOSED')
    const { status, body } = await medic.ask('POST', `${path}/transport/`, { hospital_id, at })
    assert.deepEqual([status, body.transporting_at, body.warnings], [200, at, [closedWords]])
  })

  test('that closes on the way: nobody is held up', async () => {
    const hospital_id = await hospital()
    const { path } = await atPatient()
    assert.equal((await medic.ask('POST', `${path}/transport/`, { hospital_id })).status, 200)
    await divert(hospital_id, 'CLOSED')
    for (const step of ['at-hospital', 'handover', 'clear']) {
      const { status, body } = await medic.ask('POST', `${path}/${step}/`)
      assert.deepEqual([status, body.warnings], [200, []])
    }
  })
})

describe('the hospital of a unit changes', () => {
  test('closed, by a correction: refused on the way, overridden by a supervisor, told later', async () => {
    const { path, id } = await atPatient()
    assert.equal(
      (await medic.ask('POST', `${path}/transport/`, { hospital_id: await hospital() })).status,
      200,
    )
    const body = { hospital_id: await closed(), reason: 'redirected' }
    const refused = await desk('POST', `${path}/correct/`, body)
    assert.deepEqual([refused.status, refused.body.code], [409, 'hospital_closed'])
    const mine = await desk('POST', `${path}/correct/`, { ...body, override_reason: why })
    assert.equal(mine.status, 403)
    const done = await chief('POST', `${path}/correct/`, { ...body, override_reason: why })
    assert.deepEqual([done.status, done.body.warnings], [200, [closedWords]])
    assert.equal((await overridesOf(id)).length, 1)
    await medic.ask('POST', `${path}/at-hospital/`)
    const told = await desk('POST', `${path}/correct/`, { hospital_id: await closed(), reason: 'wrong list' })
    assert.deepEqual([told.status, told.body.warnings], [200, [closedWords]])
  })

  test('to a full one by a correction: a warning', async () => {
    const { path } = await atPatient(await hospital())
    const done = await desk('POST', `${path}/correct/`, { hospital_id: await full(), reason: 'redirected' })
    assert.deepEqual([done.status, done.body.warnings], [200, [fullWords]])
  })

  test('to a closed one by choice: a crew that spoke with it says why, a dispatcher may not', async () => {
    const { path, id } = await atPatient()
    const hospital_id = await closed()
    const choose = (ask: Ask, more: object = {}) => ask('POST', `${path}/hospital/`, { hospital_id, ...more })
    for (const answer of [await choose(medic.ask), await choose(desk, { reason: why })]) {
      assert.deepEqual([answer.status, answer.body.code], [409, 'hospital_closed'])
    }
    const chosen = await choose(medic.ask, { reason: why })
    assert.deepEqual([chosen.status, chosen.body.warnings], [200, [closedWords]])
    assert.deepEqual(await overridesOf(id), [
      { rules: ['hospital_closed'], reason: why, actor_name: 'medic' },
    ])
    assert.equal((await medic.ask('POST', `${path}/transport/`)).status, 200)
  })

  test('the stream carries both with how many are on their way to each', async () => {
    const [one, two, three, four] = [await hospital(), await hospital(), await hospital(), await hospital()]
    const { path } = await atPatient(one)
    const stream = await openStream(server.baseUrl, { 'x-api-key': server.readerKey })
    await stream.take('hello')
    try {
      await medic.ask('POST', `${path}/transport/`, { hospital_id: two })
      await desk('POST', `${path}/correct/`, { hospital_id: three, reason: 'redirected' })
      await desk('POST', `${path}/hospital/`, { hospital_id: four })
      await medic.ask('POST', `${path}/at-hospital/`)
      await stream.take('fact', 4)
      const facts = stream.events.filter(({ event }) => event === 'fact').map(({ data }) => data as LiveFact)
      const seen = facts.map(({ hospital: to, left_hospital: left }) => [to?.id, left?.id ?? null])
      assert.deepEqual(seen, [
        [two, one],
        [three, two],
        [four, three],
        [four, null],
      ])
      const last = facts[2] as LiveFact
      assert.deepEqual([last.hospital?.inbound, last.left_hospital?.inbound], [1, 0])
    } finally {
      stream.close()
    }
  })
})
