import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { type Ask, asker } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const limit = { timeout: 120_000 }

let database: TestDatabase
let servers: [TestServer, TestServer]
let asks: [Ask, Ask]
const by = (at: number) => asks[at % 2] as Ask
const sql = async (text: string, values: unknown[] = []) =>
  (await servers[0].ctx.db.pool.query(text, values)).rows

before(async () => {
  database = await createTestDatabase()
  const config = { secretKey: 'one secret for both processes of this test' } as object
  servers = [await startTestServer({ database, config }), await startTestServer({ database, config })]
  const one = await signIn(servers[0], 'desk', 'dispatcher')
  const two = await signIn(servers[1], 'desk2', 'dispatcher')
  asks = [one.ask, two.ask]
})
after(async () => {
  for (const server of servers) await server.close()
  await database.drop()
})

/** No unit and no paramedic is on two assignments at any instant, whatever the rows say of how it came. */
async function assertNoOverlap(): Promise<void> {
  const overlaps = await sql(`SELECT a.id, b.id FROM assignments a JOIN assignments b
    ON a.id < b.id AND (a.unit_id = b.unit_id OR a.paramedic_id = b.paramedic_id)
    AND tstzrange(a.assigned_at, coalesce(a.cleared_at, a.cancelled_at, a.diverted_at)) &&
        tstzrange(b.assigned_at, coalesce(b.cleared_at, b.cancelled_at, b.diverted_at))`)
  assert.deepEqual(overlaps, [])
  const wrong = await sql(`SELECT i.id FROM incidents i WHERE (i.status = 'RECEIVED') =
    EXISTS (SELECT FROM assignments a WHERE a.incident_id = i.id
      AND a.status NOT IN ('CLEARED', 'CANCELLED', 'DIVERTED'))`)
  assert.deepEqual(wrong, [], 'an incident shows what its live assignments say')
}

test('200 dispatchers for one unit on two processes: one 200, 199 times 409', limit, async () => {
  const incidents = await makeIncidents(servers[0], 200, 'one-')
  const [ambulance_id] = await makeUnits(servers[0], 1, 'A')
  const answers = await Promise.all(
    incidents.map((emergency_call_id, at) =>
      by(at)('POST', '/api/dispatch/', { emergency_call_id, ambulance_id }),
    ),
  )
  const count = (status: number) => answers.filter((one) => one.status === status).length
  assert.deepEqual([count(200), count(409)], [1, 199])
  await assertNoOverlap()
})

test('orders of several units in opposite order: all or none, no deadlock, no 5xx', limit, async () => {
  const incidents = await makeIncidents(servers[0], 100, 'many-')
  const units = await makeUnits(servers[0], 50, 'B')
  const answers = await Promise.all(
    incidents.map((id, at) => {
      const start = (at * 7) % 47
      const chosen = units.slice(start, start + 3)
      const unit_ids = at % 2 === 0 ? chosen : chosen.toReversed()
      return by(at)('POST', `/api/incidents/${id}/assignments/`, { order_id: `many-${at}`, unit_ids })
    }),
  )
  for (const { status, body } of answers) {
    assert.ok(status === 200 || status === 409, JSON.stringify(body))
    if (status === 200) assert.equal(body.assignments.length, 3)
  }
  const sent = answers.filter(({ status }) => status === 200).length
  const [{ n }] = await sql(`SELECT count(*) AS n FROM assignments a JOIN units u ON u.id = a.unit_id
    WHERE u.unit_number LIKE 'B%'`)
  assert.equal(n, sent * 3)
  assert.ok(sent >= 4, String(sent))
  await assertNoOverlap()
})

test('sending, stepping and cancelling at random on two processes', limit, async () => {
  const incidents = await makeIncidents(servers[0], 20, 'soak-')
  const units = await makeUnits(servers[0], 10, 'C')
  const steps = ['acknowledge', 'en-route', 'on-scene', 'clear', 'cancel']
  const known: number[] = []
  const pick = <T>(all: readonly T[]) => all[Math.floor(Math.random() * all.length)] as T
  const desk = async (who: number) => {
    for (const round of range(60)) {
      const order = { order_id: `soak-${who}-${round}`, unit_ids: [pick(units)] }
      const answer =
        Math.random() < 0.5 || known.length === 0
          ? await by(who)('POST', `/api/incidents/${pick(incidents)}/assignments/`, order)
          : await by(who)('POST', `/api/assignments/${pick(known)}/${pick(steps)}/`, { reason: 'soak' })
      assert.ok([200, 409].includes(answer.status), JSON.stringify(answer.body))
      if (answer.body.assignments) known.push(answer.body.assignments[0].id)
    }
  }
  await Promise.all(range(16).map(desk))
  await assertNoOverlap()
  assert.ok(known.length > 30)
})

test('a stranger is told nothing', async () => {
  const { status } = await asker(servers[0].baseUrl, {})('POST', '/api/incidents/1/assignments/', {})
  assert.equal(status, 401)
})
