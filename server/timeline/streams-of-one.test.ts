import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openStream } from '../test/support/event-stream.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})
after(() => server.close())

test('one key cannot take all streams of a process', { timeout: 120_000 }, async () => {
  const greedy = { 'x-api-key': server.readerKey }
  const statuses = new Map<number, number>()
  for (let part = 0; part < 11; part += 1) {
    const opened = await Promise.all(Array.from({ length: 100 }, () => openStream(server.baseUrl, greedy)))
    for (const { status } of opened) statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  assert.deepEqual([...statuses].sort(), [
    [200, 1_000],
    [429, 100],
  ])
  const { password, username } = server
  const reply = await fetch(`${server.baseUrl}/api/token/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  const { access } = (await reply.json()) as { access: string }
  const other = await openStream(server.baseUrl, { authorization: `Bearer ${access}` })
  assert.equal(other.status, 200)
})
