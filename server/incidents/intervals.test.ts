import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
})
after(() => server.close())

const start = Date.parse('2026-11-20T10:00:00Z')
const time = (seconds: number) => new Date(start + seconds * 1_000).toISOString()
const query = (text: string, values: unknown[]) => server.ctx.db.pool.query(text, values)

async function addCall(incident: number, ring: number, answered: number): Promise<void> {
  const text = `INSERT INTO calls (call_sid, caller_number, incident_id, created_at, answered_at, updated_at)
    VALUES ($1, 'anonymous', $2, $3, $4, $3)`
  await query(text, [`ring ${ring}`, incident, time(ring), time(answered)])
}

/** A unit of the type that was sent, was there, and has cleared; gives its assignment. */
async function addSent(incident: number, type: string, assigned: number, onScene: number): Promise<number> {
  const [unit] = await makeUnits(server, 1, `${type.slice(0, 4)}-`, type)
  const text = `INSERT INTO assignments
      (incident_id, unit_id, status, assigned_at, on_scene_at, cleared_at)
    VALUES ($1, $2, 'CLEARED', $3, $4, $4) RETURNING id`
  return (await query(text, [incident, unit, time(assigned), time(onScene)])).rows[0].id
}

test('an incident shows what passed between its first call and its first units', async () => {
  const [id] = (await makeIncidents(server, 1)) as [number]
  await query('UPDATE incidents SET received_at = $2 WHERE id = $1', [id, time(0)])
  const shown = async () => (await ask('GET', `/api/incidents/${id}/`)).body.intervals
  const blank = { answer: null, processing: null, total_response: null, total_response_ambulance: null }
  const raised = await shown()
  assert.deepEqual([raised.seconds, raised.excluded], [blank, []])
  assert.equal(raised.clock_starts.total_response, 'incident_received')

  await addCall(id, 30, 31)
  await addCall(id, 0, 7.125)
  const called = await shown()
  assert.deepEqual(called.seconds, { ...blank, answer: 7.125 })
  assert.equal(called.clock_starts.total_response, 'call_received')

  await addSent(id, 'FIRE', 70, 400)
  const ambulance = await addSent(id, 'BASIC', 67.125, 500)
  const sent = { answer: 7.125, processing: 60, total_response: 400, total_response_ambulance: 500 }
  assert.deepEqual((await shown()).seconds, sent)

  const correction = { milestone: 'on_scene_at', at: time(390), reason: 'the crew pressed it late' }
  const corrected = await ask('POST', `/api/assignments/${ambulance}/correct/`, correction)
  assert.equal(corrected.status, 200)
  const counts = { ...sent, total_response: 390, total_response_ambulance: 390 }
  assert.deepEqual((await shown()).seconds, counts)
  const [first] = (await ask('GET', `/api/incidents/${id}/`)).body.assignments
  assert.deepEqual([first.corrections, 'unit_type' in first], [{}, false])

  await query('UPDATE calls SET answered_at = $2 WHERE call_sid = $1', ['ring 0', time(68)])
  const late = await shown()
  assert.deepEqual([late.seconds.processing, late.excluded], [null, ['processing']])
})
