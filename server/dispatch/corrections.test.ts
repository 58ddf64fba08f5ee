import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeHospital, makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
let hospital_id: number
let serial = 0
before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
  hospital_id = await makeHospital(server, 'General')
})
after(() => server.close())

const iso = (ms: number) => new Date(ms).toISOString()
const query = async (text: string, values: unknown[]) => (await server.ctx.db.pool.query(text, values)).rows

/** A unit on scene: sent an hour ago, en route after a minute, there after ten. */
async function onScene() {
  const [incident] = await makeIncidents(server, 1, `C${++serial}-`)
  const unit_ids = await makeUnits(server, 1, `C${serial}-`)
  const order = { order_id: `corrections-${serial}`, unit_ids }
  const { body } = await ask('POST', `/api/incidents/${incident}/assignments/`, order)
  const { id } = body.assignments[0]
  const start = Date.now() - 3_600_000
  await query('UPDATE assignments SET assigned_at = $2 WHERE id = $1', [id, iso(start)])
  const path = `/api/assignments/${id}`
  await ask('POST', `${path}/en-route/`, { at: iso(start + 60_000) })
  const there = await ask('POST', `${path}/on-scene/`, { at: iso(start + 600_000) })
  assert.equal(there.status, 200)
  const time = (seconds: number) => iso(start + seconds * 1_000)
  const { warnings, ...before } = there.body
  assert.deepEqual(warnings, [])
  return { id, path, time, before, incident: incident as number }
}
const factsOf = (id: number) =>
  query(
    `SELECT data, actor_name, incident_id FROM facts WHERE type = 'correction_made'
      AND (data ->> 'assignment_id')::bigint = $1 ORDER BY id`,
    [id],
  )
const reason = 'the crew pressed it late'

describe('POST …/correct/', () => {
  test('keeps what was stamped, shows what counts, and is told with its reason', async () => {
    const { id, path, time, before, incident } = await onScene()
    const body = { milestone: 'on_scene_at', at: time(480), reason }
    const done = await ask('POST', `${path}/correct/`, body)
    assert.equal(done.status, 200)
    assert.deepEqual(done.body, { ...before, corrections: { on_scene_at: time(480) }, warnings: [] })
    const { corrections, on_scene_at, intervals } = (await ask('GET', `${path}/`)).body
    assert.deepEqual([corrections, on_scene_at], [{ on_scene_at: time(480) }, time(600)])
    assert.deepEqual([intervals.seconds.response, intervals.seconds.travel], [480, 420])
    const again = await ask('POST', `${path}/correct/`, { ...body, at: time(500) })
    assert.deepEqual(again.body.corrections, { on_scene_at: time(500) })
    assert.deepEqual((await ask('POST', `${path}/correct/`, { ...body, at: time(500) })).body, again.body)
    const told = (was: string, now: string) => ({
      data: { assignment_id: id, milestone: 'on_scene_at', was, now, reason },
      actor_name: 'desk',
      incident_id: incident,
    })
    assert.deepEqual(await factsOf(id), [told(time(600), time(480)), told(time(480), time(500))])
  })

  test('fills what was skipped, of an ended assignment too, and never changes the status', async () => {
    const { path, time } = await onScene()
    assert.equal((await ask('POST', `${path}/clear/`)).status, 200)
    const at = time(610)
    const patient = await ask('POST', `${path}/correct/`, { milestone: 'at_patient_at', at, reason })
    assert.deepEqual(
      [patient.status, patient.body.status, patient.body.at_patient_at],
      [200, 'CLEARED', null],
    )
    const left = { milestone: 'transporting_at', at: time(1_200), reason }
    const refused = await ask('POST', `${path}/correct/`, left)
    assert.deepEqual([refused.status, Object.keys(refused.body)], [400, ['code', 'detail', 'hospital_id']])
    const taken = await ask('POST', `${path}/correct/`, { ...left, hospital_id })
    assert.deepEqual([taken.status, taken.body.hospital_id], [200, hospital_id])
    const { seconds } = (await ask('GET', `${path}/`)).body.intervals
    assert.deepEqual([seconds.scene, seconds.transport], [600, null])
  })

  test('the hospital, of a live assignment too', async () => {
    const { id, path } = await onScene()
    assert.equal((await ask('POST', `${path}/transport/`, { hospital_id })).status, 200)
    const other = await makeHospital(server, 'Other')
    const done = await ask('POST', `${path}/correct/`, { hospital_id: other, reason })
    assert.deepEqual([done.body.hospital_id, done.body.status], [other, 'TRANSPORTING'])
    const [{ data }] = await factsOf(id)
    assert.deepEqual(data, { assignment_id: id, hospital_id: other, was: hospital_id, now: other, reason })
  })

  test('a step after it is not before what counts', async () => {
    const { path, time } = await onScene()
    await ask('POST', `${path}/correct/`, { milestone: 'on_scene_at', at: time(900), reason })
    assert.equal((await ask('POST', `${path}/at-patient/`, { at: time(899) })).status, 400)
    assert.equal((await ask('POST', `${path}/at-patient/`, { at: time(900) })).status, 200)
  })

  type Time = (seconds: number) => string
  const refused: [string, (time: Time) => object, string[]][] = [
    ['nothing', () => ({}), ['reason']],
    ['only a reason', () => ({ reason }), ['milestone']],
    ['no reason', (time) => ({ milestone: 'on_scene_at', at: time(500) }), ['reason']],
    ['no time', () => ({ milestone: 'on_scene_at', reason }), ['at']],
    ['no milestone', (time) => ({ at: time(500), reason }), ['milestone']],
    ['another word', (time) => ({ milestone: 'status', at: time(500), reason }), ['milestone']],
    ['another key', () => ({ hospital_id: 1, reason, status: 'CLEARED' }), ['status']],
    ['the future', (time) => ({ milestone: 'on_scene_at', at: time(7_200), reason }), ['at']],
    ['before the one before', (time) => ({ milestone: 'on_scene_at', at: time(59), reason }), ['at']],
    ['after the one after', (time) => ({ milestone: 'en_route_at', at: time(601), reason }), ['at']],
    ['still to come', (time) => ({ milestone: 'at_patient_at', at: time(700), reason }), ['milestone']],
    ['an end', (time) => ({ milestone: 'cleared_at', at: time(700), reason }), ['milestone']],
    ['too many words', () => ({ hospital_id: 1, reason: 'x'.repeat(501) }), ['reason']],
  ]
  for (const [name, body, fields] of refused) {
    test(`400 for ${name}`, async () => {
      const { id, path, time, before } = await onScene()
      const answer = await ask('POST', `${path}/correct/`, body(time))
      assert.equal(answer.status, 400)
      const named = Object.keys(answer.body).filter((key) => key !== 'code' && key !== 'detail')
      assert.deepEqual(named.sort(), fields)
      const { intervals: _, ...now } = (await ask('GET', `${path}/`)).body
      assert.deepEqual([now, await factsOf(id)], [before, []])
    })
  }

  test('404 for what is not there, 403 for who may not', async () => {
    const { path, time } = await onScene()
    const body = { milestone: 'on_scene_at', at: time(500), reason }
    assert.equal((await ask('POST', '/api/assignments/999999/correct/', body)).status, 404)
    const nowhere = await ask('POST', `${path}/correct/`, { hospital_id: 999_999, reason })
    assert.deepEqual([nowhere.status, nowhere.body.hospital_id?.length], [404, 1])
    const others = [
      (await signIn(server, `medic-${serial}`, 'paramedic')).ask,
      (await signIn(server, `boss-${serial}`, 'admin')).ask,
      withKey(server.baseUrl, server.key),
    ]
    for (const other of others) assert.equal((await other('POST', `${path}/correct/`, body)).status, 403)
    const chief = (await signIn(server, `chief-${serial}`, 'supervisor')).ask
    assert.equal((await chief('POST', `${path}/correct/`, body)).status, 200)
  })

  test('two at once that would cross: one is refused, and what counts stays in order', async () => {
    const { id, path, time } = await onScene()
    const both = await Promise.all([
      ask('POST', `${path}/correct/`, { milestone: 'en_route_at', at: time(550), reason }),
      ask('POST', `${path}/correct/`, { milestone: 'on_scene_at', at: time(300), reason }),
    ])
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 400])
    assert.equal((await factsOf(id)).length, 1)
  })
})
