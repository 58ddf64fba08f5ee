import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { openStream } from '../test/support/event-stream.ts'
import { type Ask, asker, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let database: TestDatabase
let servers: [TestServer, TestServer]
let admins: [Ask, Ask]

/** The same person at both: a token is good everywhere. */
before(async () => {
  database = await createTestDatabase()
  servers = [await startTestServer({ database }), await startTestServer({ database })]
  const { username, password } = servers[0]
  const { body } = await asker(servers[0].baseUrl, {})('POST', '/api/token/', { username, password })
  const bearer = { authorization: `Bearer ${body.access}` }
  admins = [asker(servers[0].baseUrl, bearer), asker(servers[1].baseUrl, bearer)]
})
after(async () => {
  for (const server of servers) await server.close()
  await database.drop()
})

const make = async (name: string) =>
  (await admins[0]('POST', '/api/keys/', { name, role: 'reader' })).body as { id: number; key: string }

/** Waits until everybody says that; the promise is a second, which a loaded machine may miss. */
async function until(ask: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + 15_000
  while (performance.now() < end) if (await ask()) return true
  return false
}

describe('two processes', { timeout: 120_000 }, () => {
  test('both know a new key, and neither a revoked one; its open streams end, others go on', async () => {
    const [mine, theirs] = [await make('Mine'), await make('Theirs')]
    const statuses = ({ key }: { key: string }) =>
      Promise.all(
        servers.map(async ({ baseUrl }) => (await withKey(baseUrl, key)('GET', '/api/calls/')).status),
      )
    assert.deepEqual(
      [await statuses(mine), await statuses(theirs)],
      [
        [200, 200],
        [200, 200],
      ],
    )
    const open = ({ key }: { key: string }) =>
      Promise.all(servers.map(({ baseUrl }) => openStream(baseUrl, { 'x-api-key': key })))
    const [ending, staying] = [await open(mine), await open(theirs)]
    for (const stream of [...ending, ...staying]) await stream.take('hello')
    assert.equal((await admins[1]('POST', `/api/keys/${mine.id}/revoke/`)).status, 200)
    assert.ok(await until(async () => (await statuses(mine)).every((status) => status === 401)))
    await Promise.all(ending.map((stream) => stream.ended))
    assert.deepEqual(
      staying.map((stream) => stream.isOver()),
      [false, false],
    )
    assert.deepEqual(await statuses(theirs), [200, 200])
    for (const stream of staying) stream.close()
  })

  test('of many who give one name at the same instant one gets it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const body = { name: `Raced ${round}`, role: 'reader' }
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, at) => (admins[at % 2] as Ask)('POST', '/api/keys/', body)),
      )
      const statuses = answers.map(({ status }) => status).sort()
      assert.deepEqual(statuses, [201, ...new Array<number>(11).fill(409)])
    }
  })

  test('revoked twice at the same instant: one revokes, one fact, the same row for both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await make(`Ended ${round}`)
      const answers = await Promise.all(admins.map((ask) => ask('POST', `/api/keys/${id}/revoke/`)))
      assert.deepEqual(answers[0]?.body, answers[1]?.body)
      const { rows } = await servers[0].ctx.db.pool.query(
        "SELECT FROM facts WHERE type = 'key_revoked' AND data->>'key_id' = $1::text",
        [id],
      )
      assert.equal(rows.length, 1)
    }
  })
})

test('an admin of one process sees what another made', async () => {
  const other = (await signIn(servers[1], 'other admin', 'admin')).ask
  const { id } = await make('Seen')
  const { status, body } = await other('GET', `/api/keys/${id}/`)
  assert.deepEqual([status, body.name, body.created_by], [200, 'Seen', servers[0].username])
})
