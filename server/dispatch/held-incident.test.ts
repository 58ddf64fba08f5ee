import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { someoneWaits } from '../test/support/locks.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask

before(async () => {
  server = await startTestServer({ patience: 1 })
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
})
after(() => server.close())

test('an incident that somebody holds does not fail the orders for others', { timeout: 60_000 }, async () => {
  const incidents = await makeIncidents(server, 12)
  const units = await makeUnits(server, 13, 'H')
  const send = (at: number, unit: number) =>
    ask('POST', `/api/incidents/${incidents[at]}/assignments/`, {
      order_id: `held-${unit}`,
      unit_ids: [units[unit]],
    })
  const client = await server.ctx.db.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT FROM incidents WHERE id = $1 FOR NO KEY UPDATE', [incidents[0]])
    // The first goes alone and waits; the others gather behind it in one group.
    const first = send(0, 0)
    await someoneWaits(server.database)
    const rest = await Promise.all([send(0, 12), ...incidents.slice(1).map((_, at) => send(at + 1, at + 1))])
    assert.deepEqual(
      rest.map(({ status }) => status),
      [503, ...incidents.slice(1).map(() => 200)],
    )
    const { status, body, headers } = await first
    assert.deepEqual([status, Object.keys(body).sort()], [503, ['code', 'detail', 'request_id']])
    assert.deepEqual([body.code, headers.get('retry-after')], ['internal', '1'])
    // Whoever reads the log is not sent to look after a database that is well.
    assert.ok(server.logged.some((line) => line.includes('somebody held a row for too long')))
    assert.ok(!server.logged.some((line) => line.includes('the database is away')))
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
  assert.equal((await send(0, 0)).status, 200)
})
