import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { makeIncidents, makeUnits, signIn } from '../support/centre.ts'
import { createTestDatabase, type TestDatabase } from '../support/cluster.ts'
import type { Ask, Seen } from '../support/http.ts'
import { someoneWaits } from '../support/locks.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

/**
 * The campaign found what these two show by themselves: a command that waits for a lock must take its instant
 * after the wait, else it is stamped before what was committed meanwhile.
 */
let database: TestDatabase
let servers: TestServer[]
let one: Ask
let two: Ask

before(async () => {
  database = await createTestDatabase()
  const config = { secretKey: 'one secret for both processes of this test' } as object
  servers = [await startTestServer({ database, config }), await startTestServer({ database, config })]
  one = (await signIn(servers[0] as TestServer, 'desk', 'dispatcher')).ask
  two = (await signIn(servers[1] as TestServer, 'desk2', 'dispatcher')).ask
})
after(async () => {
  for (const server of servers) await server.close()
  await database.drop()
})

/** Holds an incident's row while the first request waits for it and the second is answered. */
async function overtake(held: number, first: () => Promise<Seen>, second: () => Promise<Seen>) {
  const client = new pg.Client(database.connection)
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT FROM incidents WHERE id = $1 FOR NO KEY UPDATE', [held])
    const waiting = first()
    await someoneWaits(database)
    const overtaking = await second()
    assert.equal(overtaking.status, 200)
    await client.query('COMMIT')
    return { waited: await waiting, overtaking }
  } finally {
    await client.end()
  }
}

const send = (ask: Ask, incident: number, unit: number, order_id: string) =>
  ask('POST', `/api/incidents/${incident}/assignments/`, { order_id, unit_ids: [unit] })

test('a unit that became free while an order waited is not bound before it was free', async () => {
  const [near, far] = (await makeIncidents(servers[0] as TestServer, 2, 'a-')) as [number, number]
  const [unit] = (await makeUnits(servers[0] as TestServer, 1, 'A')) as [number]
  const { id } = (await send(one, near, unit, 'a')).body.assignments[0]
  const { waited, overtaking } = await overtake(
    far,
    () => send(one, far, unit, 'b'),
    () => two('POST', `/api/assignments/${id}/clear/`, {}),
  )
  assert.equal(waited.status, 200)
  const next = waited.body.assignments[0].assigned_at
  assert.ok(next >= overtaking.body.cleared_at, `bound ${next}, free ${overtaking.body.cleared_at}`)
})

test('a diversion that waited while its unit reported is not refused for its own clock', async () => {
  const [graver, near] = (await makeIncidents(servers[0] as TestServer, 2, 'b-')) as [number, number]
  const [unit] = (await makeUnits(servers[0] as TestServer, 1, 'B')) as [number]
  const { id } = (await send(one, near, unit, 'c')).body.assignments[0]
  const { waited } = await overtake(
    graver,
    () => one('POST', `/api/assignments/${id}/divert/`, { incident_id: graver, reason: 'graver' }),
    () => two('POST', `/api/assignments/${id}/acknowledge/`, {}),
  )
  assert.equal(waited.status, 200, JSON.stringify(waited.body))
})
