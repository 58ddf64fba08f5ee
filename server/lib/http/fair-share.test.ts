import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { withKey } from '../../test/support/http.ts'
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

/** Statements of the server that wait for the lock. */
async function waitingForLock(): Promise<number> {
  const text = `SELECT count(*)::int AS n FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return (await blocker.query<{ n: number }>(text)).rows[0]?.n ?? 0
}

test('a key whose reads all wait for the database leaves connections to the others', async () => {
  const calm = withKey(server.baseUrl, server.readerKey)
  const flooding = withKey(server.baseUrl, await makeKey(server.ctx, 'reader'))
  await flooding('GET', '/api/hospitals/')
  await blocker.query('BEGIN')
  await blocker.query('LOCK TABLE units IN ACCESS EXCLUSIVE MODE')
  // Somebody else is there, so the flood does not have everything for itself.
  assert.equal((await calm('GET', '/api/hospitals/')).status, 200)
  const flood = Array.from({ length: 60 }, () => flooding('GET', '/api/units/'))
  while ((await waitingForLock()) === 0) await delay(5)
  assert.equal((await calm('GET', '/api/hospitals/')).status, 200)
  await blocker.query('ROLLBACK')
  const statuses = (await Promise.all(flood)).map(({ status }) => status)
  assert.ok(statuses.includes(200), String(statuses))
})
