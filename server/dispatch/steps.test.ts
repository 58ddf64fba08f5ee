import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
let serial = 0
before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
})
after(() => server.close())

/** A unit that was just sent. */
async function sent(): Promise<{ path: string; id: number; assigned: number }> {
  const [incident] = await makeIncidents(server, 1, `S${++serial}-`)
  const unit_ids = await makeUnits(server, 1, `S${serial}-`)
  const order = { order_id: `steps-${serial}`, unit_ids }
  const { body } = await ask('POST', `/api/incidents/${incident}/assignments/`, order)
  const [{ id, assigned_at }] = body.assignments
  return { path: `/api/assignments/${id}`, id, assigned: Date.parse(assigned_at) }
}
const iso = (ms: number) => new Date(ms).toISOString()
const factsOf = async (id: number) =>
  (
    await server.ctx.db.pool.query(
      `SELECT type, data FROM facts WHERE (data ->> 'assignment_id')::bigint = $1 ORDER BY id`,
      [id],
    )
  ).rows

test('at is when it really happened, to the millisecond, in any offset', async () => {
  const { path, id, assigned } = await sent()
  const at = `${iso(assigned + 3_600_000).slice(0, -1)}+01:00`
  const { status, body } = await ask('POST', `${path}/en-route/`, { at })
  assert.deepEqual([status, body.en_route_at, body.status], [200, iso(assigned), 'EN_ROUTE'])
  const { type, data } = (await factsOf(id)).at(-1)
  assert.deepEqual([type, data.happened_at], ['unit_en_route', iso(assigned)])
})

const refusals: [string, (assigned: number) => unknown][] = [
  ['in the future', () => iso(Date.now() + 3_600_000)],
  ['before the previous milestone', (assigned) => iso(assigned - 1)],
  ['no instant', () => 'just now'],
  ['a number', (assigned) => assigned],
]
for (const [name, at] of refusals) {
  test(`at is refused: ${name}`, async () => {
    const { path, id, assigned } = await sent()
    const { status, body } = await ask('POST', `${path}/on-scene/`, { at: at(assigned) })
    assert.deepEqual([status, body.at?.length], [400, 1])
    assert.equal((await ask('GET', `${path}/`)).body.on_scene_at, null)
    assert.deepEqual(
      (await factsOf(id)).map(({ type }) => type),
      ['unit_assigned'],
    )
  })
}

test('a step before the one before is refused by its time, also when a step was skipped', async () => {
  const { path } = await sent()
  const on = await ask('POST', `${path}/on-scene/`)
  assert.equal(on.status, 200)
  const early = iso(Date.parse(on.body.on_scene_at) - 1)
  assert.equal((await ask('POST', `${path}/at-patient/`, { at: early })).status, 400)
  assert.equal((await ask('POST', `${path}/at-patient/`, { at: on.body.on_scene_at })).status, 200)
})

test('a step that is sent again changes nothing, whatever its time and key', async () => {
  const { path, id, assigned } = await sent()
  const key = { 'idempotency-key': 'phone-7-1' }
  const first = await ask('POST', `${path}/en-route/`, { at: iso(assigned) }, key)
  assert.equal(first.status, 200)
  const again: [object, Record<string, string>][] = [
    [{ at: iso(assigned) }, key],
    [{}, key],
    [{ at: iso(Date.now()) }, {}],
    [{ at: iso(assigned - 60_000) }, { 'idempotency-key': 'another' }],
    [{ at: iso(Date.now() + 3_600_000) }, key],
  ]
  for (const [body, headers] of again) {
    const replay = await ask('POST', `${path}/en-route/`, body, headers)
    assert.deepEqual([replay.status, replay.body], [200, first.body])
  }
  assert.deepEqual(
    (await factsOf(id)).map(({ type }) => type),
    ['unit_assigned', 'unit_en_route'],
  )
  const long = await ask('POST', `${path}/on-scene/`, {}, { 'idempotency-key': 'k'.repeat(201) })
  assert.deepEqual([long.status, long.body['idempotency-key']?.length], [400, 1])
})

test('many report one step at once with times of their own: one stamp, one fact', async () => {
  const { path, id, assigned } = await sent()
  const all = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      ask('POST', `${path}/acknowledge/`, n % 2 === 0 ? { at: iso(assigned) } : {}),
    ),
  )
  assert.deepEqual(new Set(all.map(({ status }) => status)), new Set([200]))
  assert.equal(new Set(all.map(({ body }) => body.acknowledged_at)).size, 1)
  assert.equal((await factsOf(id)).length, 2)
})
