import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
let ai: Ask
let serial = 0
const sql = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
  ai = withKey(server.baseUrl, server.key)
})
after(() => server.close())

/** An incident raised by a call, with one unit under way. */
async function emergency() {
  const call_sid = `m-${++serial}`
  const opening = { call_sid, caller_number: '+15550142', emergency_type: 'FIRE', location: 'Pier 3' }
  const { body: call } = await ai('POST', '/api/calls/', opening)
  const [unit] = (await makeUnits(server, 1, `G${serial}-`)) as [number]
  const order = { order_id: `m-${serial}`, unit_ids: [unit] }
  const { body } = await ask('POST', `/api/incidents/${call.incident_id}/assignments/`, order)
  return { id: call.incident_id as number, call_sid, assignment: body.assignments[0].id as number }
}
const incidentOf = async (call_sid: string) => (await ai('GET', `/api/calls/${call_sid}/`)).body.incident_id

test('a merge moves calls and live units; the split brings them back', async () => {
  const [from, into] = [await emergency(), await emergency()]
  await ask('POST', `/api/assignments/${from.assignment}/on-scene/`, {})
  const merged = await ask('POST', `/api/incidents/${from.id}/merge/`, { into_id: into.id })
  assert.equal(merged.status, 200)
  assert.deepEqual(
    [
      merged.body.from.status,
      merged.body.from.disposition,
      merged.body.from.merged_into,
      merged.body.into.status,
    ],
    ['CANCELLED', 'DUPLICATE', into.id, 'ON_SCENE'],
  )
  assert.equal(await incidentOf(from.call_sid), into.id)
  const { body } = await ask('GET', `/api/incidents/${into.id}/`)
  assert.equal(body.assignments.length, 2)
  assert.ok(body.assignments[0].on_scene_at)
  // The AI goes on writing to a call that was moved while it was known.
  assert.equal(
    (await ai('PATCH', `/api/calls/${from.call_sid}/`, { location: 'Pier 4' })).body.incident_id,
    into.id,
  )
  const split = await ask('POST', `/api/incidents/${from.id}/split/`)
  assert.deepEqual(
    [split.status, split.body.from.status, split.body.from.merged_into, split.body.into.status],
    [200, 'ON_SCENE', null, 'DISPATCHED'],
  )
  assert.equal(await incidentOf(from.call_sid), from.id)
  assert.equal(await incidentOf(into.call_sid), into.id)
  const facts = await sql('SELECT type FROM facts WHERE incident_id = $1 ORDER BY id DESC LIMIT 2', [into.id])
  assert.deepEqual(
    facts.map((one) => one.type),
    ['calls_split', 'calls_merged'],
  )
})

test('the graver priority and the first call win, for all who ask, and a split gives both back', async () => {
  const [from, into] = [await emergency(), await emergency()]
  const edit = (id: number, priority: number) => ask('PATCH', `/api/incidents/${id}/`, { priority })
  await edit(from.id, 1)
  await edit(into.id, 3)
  const before = (await ask('GET', `/api/incidents/${into.id}/`)).body
  const { received_at } = (await ask('GET', `/api/incidents/${from.id}/`)).body
  assert.ok(received_at <= before.received_at)
  const merged = await ask('POST', `/api/incidents/${from.id}/merge/`, { into_id: into.id })
  const shown = (await ask('GET', `/api/incidents/${into.id}/`)).body
  for (const one of [merged.body.into, shown]) {
    assert.deepEqual([one.priority, one.received_at], [1, received_at])
  }
  const split = await ask('POST', `/api/incidents/${from.id}/split/`)
  const { assignments: _, intervals: __, ...fields } = before
  assert.deepEqual(split.body.into, fields, 'as before')
  assert.equal(split.body.from.priority, 1)
  await ask('POST', `/api/incidents/${from.id}/merge/`, { into_id: into.id })
  await edit(into.id, 2)
  const kept = await ask('POST', `/api/incidents/${from.id}/split/`)
  assert.equal(kept.body.into.priority, 2, 'what a person said meanwhile stays')
})

test('refused: itself, none, twice, an ended one, a split of what was not merged', async () => {
  const [one, two, three] = [await emergency(), await emergency(), await emergency()]
  const merge = (from: number, into_id: number) => ask('POST', `/api/incidents/${from}/merge/`, { into_id })
  assert.equal((await merge(one.id, one.id)).body.code, 'merge_into_itself')
  assert.equal((await merge(one.id, 999_999)).status, 404)
  assert.equal((await ask('POST', `/api/incidents/${one.id}/split/`)).body.code, 'incident_not_merged')
  assert.equal((await merge(one.id, two.id)).status, 200)
  assert.equal((await merge(one.id, three.id)).status, 409)
  assert.equal((await merge(two.id, three.id)).body.code, 'incident_has_merged')
  await ask('POST', `/api/incidents/${three.id}/close/`, { disposition: 'NO_PATIENT' })
  assert.equal((await merge(two.id, three.id)).status, 409)
})

test('merges race each other, dispatches and steps: nothing is lost, no unit twice', {
  timeout: 60_000,
}, async () => {
  for (let round = 0; round < 8; round += 1) {
    const [one, two] = [await emergency(), await emergency()]
    const [unit] = (await makeUnits(server, 1, `H${++serial}-`)) as [number]
    const answers = await Promise.all([
      ask('POST', `/api/incidents/${one.id}/merge/`, { into_id: two.id }),
      ask('POST', `/api/incidents/${two.id}/merge/`, { into_id: one.id }),
      ask('POST', `/api/assignments/${one.assignment}/en-route/`, {}),
      ask('POST', `/api/incidents/${one.id}/assignments/`, { order_id: `h-${serial}`, unit_ids: [unit] }),
      ai('PATCH', `/api/calls/${one.call_sid}/`, { location: `Pier ${round}` }),
    ])
    for (const { status, body } of answers) assert.ok([200, 409].includes(status), JSON.stringify(body))
    assert.equal(answers.slice(0, 2).filter(({ status }) => status === 200).length, 1)
    const lost = await sql(
      `SELECT FROM incidents i WHERE i.id = ANY($1) AND i.closed_at IS NOT NULL AND EXISTS (
        SELECT FROM assignments a WHERE a.incident_id = i.id
          AND a.status NOT IN ('CLEARED', 'CANCELLED', 'DIVERTED'))`,
      [[one.id, two.id]],
    )
    assert.equal(lost.length, 0)
    assert.equal(await incidentOf(one.call_sid), await incidentOf(two.call_sid))
  }
})
