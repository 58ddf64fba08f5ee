import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { withKey } from '../../test/support/http.ts'
import { someoneWaits } from '../../test/support/locks.ts'
import { makeKey, startTestServer, type TestServer } from '../../test/support/test-server.ts'

let server: TestServer
let blocker: pg.Client

before(async () => {
  server = await startTestServer()
  blocker = new pg.Client(server.database.connection)
  await blocker.connect()
})
after(async () => {
  await blocker.end()
  await server.close()
})

test('a key whose reads all wait for the database leaves connections to the others', async () => {
  const calm = withKey(server.baseUrl, server.readerKey)
  const flooding = withKey(server.baseUrl, await makeKey(server.ctx, 'reader'))
  await flooding('GET', '/api/hospitals/')
  await blocker.query('BEGIN')
  await blocker.query('LOCK TABLE units IN ACCESS EXCLUSIVE MODE')
  // Somebody else is there, so the flood does not have everything for itself.
  assert.equal((await calm('GET', '/api/hospitals/')).status, 200)
  const flood = Array.from({ length: 60 }, () => flooding('GET', '/api/units/'))
  await someoneWaits(server.database)
  assert.equal((await calm('GET', '/api/hospitals/')).status, 200)
  await blocker.query('ROLLBACK')
  const statuses = (await Promise.all(flood)).map(({ status }) => status)
  assert.ok(statuses.includes(200), String(statuses))
})
