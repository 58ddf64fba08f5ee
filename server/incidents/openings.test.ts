import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { type Ask, asker } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { deleteOldOpenings } from './store-openings.ts'

let database: TestDatabase
let servers: [TestServer, TestServer]
let ann: Ask
/** The same person at the other process. */
let annElsewhere: Ask
let bob: Ask

before(async () => {
  database = await createTestDatabase()
  servers = [await startTestServer({ database }), await startTestServer({ database })]
  ann = (await signIn(servers[0], 'ann', 'dispatcher')).ask
  bob = (await signIn(servers[0], 'bob', 'supervisor')).ask
  const { body } = await asker(servers[1].baseUrl, {})('POST', '/api/token/', {
    username: 'ann',
    password: 'password of ann',
  })
  annElsewhere = asker(servers[1].baseUrl, { authorization: `Bearer ${body.access}` })
})
after(async () => {
  for (const server of servers) await server.close()
  await database.drop()
})

const opening = { emergency_type: 'FIRE', priority: 1, location: 'Pier 3' }
const raise = (ask: Ask, key: string | undefined, body: object = opening) =>
  ask('POST', '/api/incidents/', body, key === undefined ? {} : { 'idempotency-key': key })
const count = async (table = 'incidents') =>
  (await servers[0].ctx.db.pool.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n

test('the same key gives the first reply and raises nothing', async () => {
  const first = await raise(ann, 'one')
  assert.equal(first.status, 201)
  const before = [await count(), await count('facts')]
  assert.equal((await ann('PATCH', `/api/incidents/${first.body.id}/`, { priority: 2 })).status, 200)
  const again = await raise(annElsewhere, 'one')
  assert.deepEqual([again.status, again.body], [201, first.body])
  assert.deepEqual([await count(), (await count('facts')) - 1], before)
})

test("with another body it is refused; without a key, or with somebody else's, there are two", async () => {
  const first = await raise(ann, 'two')
  const other = await raise(ann, 'two', { ...opening, location: 'Pier 4' })
  assert.deepEqual([other.status, other.body.code], [422, 'idempotency_key_reused'])
  const others = [await raise(bob, 'two'), await raise(ann, undefined), await raise(ann, undefined)]
  assert.equal(new Set([first, ...others].map(({ body }) => body.id)).size, 4)
})

test('a call that was linked by the first request does not refuse the second', async () => {
  const call = { call_sid: 'linked', caller_number: '+15550142', emergency_type: 'POLICE' }
  const { id } = (
    await asker(servers[0].baseUrl, { 'x-api-key': servers[0].key })('POST', '/api/calls/', call)
  ).body
  const body = { ...opening, call_id: id }
  const first = await raise(ann, 'three', body)
  assert.equal(first.status, 201)
  assert.deepEqual((await raise(ann, 'three', body)).body, first.body)
  // What was refused is no first reply.
  assert.equal((await raise(ann, 'four', body)).status, 404)
  assert.equal((await raise(ann, 'four')).status, 201)
})

test('at the same instant, at two processes: one incident, one reply', async () => {
  for (let round = 0; round < 10; round += 1) {
    const before = await count()
    const asks = [ann, annElsewhere, ann, annElsewhere, ann, annElsewhere]
    const seen = await Promise.all(asks.map((ask) => raise(ask, `race-${round}`)))
    for (const { status, body } of seen) {
      assert.equal(status, 201)
      assert.deepEqual(body, seen[0]?.body)
    }
    assert.equal(await count(), before + 1)
  }
})

/** Lets the keys of others be as they are, and this one so many hours older. */
const age = (hours: number) =>
  servers[0].ctx.db.pool.query(
    `UPDATE incident_openings SET created_at = created_at - $1 * interval '1 hour' WHERE key = 'five'`,
    [hours],
  )

test('a key is good for a day, and forgotten then', async () => {
  const first = await raise(ann, 'five')
  await age(23)
  assert.equal((await raise(ann, 'five')).body.id, first.body.id)
  await age(2)
  const second = await raise(ann, 'five', { ...opening, location: 'Pier 5' })
  assert.deepEqual([second.status, second.body.id === first.body.id], [201, false])
  assert.equal((await raise(ann, 'five', { ...opening, location: 'Pier 5' })).body.id, second.body.id)
  await age(2)
  const client = await servers[0].ctx.db.pool.connect()
  await deleteOldOpenings(client, new Date(Date.now() - 3_600_000).toISOString())
  const { rows } = await client.query("SELECT FROM incident_openings WHERE key IN ('five', 'one')")
  client.release()
  assert.equal(rows.length, 1)
})
