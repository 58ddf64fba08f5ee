import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { signIn } from '../test/support/centre.ts'
import { asker } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const limit = { timeout: 120_000 }
const count = 60_000

let server: TestServer
let authorization: string

const rows = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  server = await startTestServer()
  for (let from = 1; from <= count; from += 10_000) {
    await rows(
      `INSERT INTO calls (call_sid, location, created_at, updated_at, status, category)
       SELECT 'B' || n, repeat('Harbour Street ', 10), now() - n * interval '1 s', now(), 'ACTIVE', ''
       FROM generate_series($1::int, $2::int) n`,
      [from, Math.min(count, from + 9_999)],
    )
  }
  await signIn(server, 'taker', 'supervisor')
  const credentials = { username: 'taker', password: 'password of taker' }
  const { body } = await asker(server.baseUrl, {})('POST', '/api/token/', credentials)
  authorization = `Bearer ${body.access}`
}, limit)
after(() => server.close())

/** An export that is not read until somebody does. */
async function begin(id: string, format = 'ndjson') {
  const gone = new AbortController()
  const headers = { authorization, 'x-request-id': id }
  const url = `${server.baseUrl}/api/exports/calls/?format=${format}`
  const reply = await fetch(url, { headers, signal: gone.signal })
  return { reply, leave: () => gone.abort() }
}

async function endOf(id: string): Promise<{ rows: number; whole: boolean }> {
  for (;;) {
    const text = `SELECT data FROM facts WHERE type = 'export_made' AND request_id = $1`
    const [found] = await rows(text, [id])
    if (found) return found.data
    await pause(20)
  }
}

const cursors = async () => {
  const text = `SELECT count(*)::int AS n FROM pg_stat_activity
    WHERE datname = current_database() AND xact_start IS NOT NULL AND query LIKE 'FETCH%'`
  return (await rows(text))[0].n as number
}

test('sends as fast as it is read, two for each caller, and ends when the client goes', limit, async () => {
  const [first, second] = [await begin('slow-first'), await begin('slow-second')]
  assert.deepEqual([first.reply.status, second.reply.status], [200, 200])
  const third = await begin('slow-third')
  assert.equal(third.reply.status, 429)
  assert.equal(Number(third.reply.headers.get('retry-after')), 5)
  assert.match(((await third.reply.json()) as { detail: string }).detail, /two exports/)
  assert.equal(await cursors(), 2)
  for (const [one, id] of [
    [first, 'slow-first'],
    [second, 'slow-second'],
  ] as const) {
    one.leave()
    const { rows: sent, whole } = await endOf(id)
    assert.equal(whole, false)
    assert.ok(sent > 0 && sent < count, String(sent))
  }
  // A connection that was ended in the middle of a transaction goes a little later.
  while ((await cursors()) > 0) await pause(20)
  const [refused] = await rows(`SELECT count(*)::int AS n FROM facts WHERE request_id = 'slow-third'`)
  assert.equal(refused.n, 0)
})

test('a place is free again afterwards, and each format is sent to its end', limit, async () => {
  for (const [format, end] of [
    ['ndjson', '}\n'],
    ['csv', '\r\n'],
    ['json', '}\n]\n'],
    // The end of a ZIP file names no comment: its length is 0.
    ['xlsx', '\0\0'],
  ] as const) {
    const { reply } = await begin(`whole-${format}`, format)
    assert.equal(reply.status, 200)
    const bytes = Buffer.from(await reply.arrayBuffer()).toString('latin1')
    assert.ok(bytes.endsWith(end), format)
    assert.deepEqual(await endOf(`whole-${format}`), { what: 'calls', format, rows: count, whole: true })
  }
})

test('breaks off within a second when who asked is shut out, and goes on for the others', limit, async () => {
  const chief = await signIn(server, 'chief', 'admin')
  const taker = authorization
  const other = await signIn(server, 'other', 'supervisor')
  const { body } = await asker(server.baseUrl, {})('POST', '/api/token/', {
    username: 'other',
    password: 'password of other',
  })
  const kept = await begin('kept-whole')
  authorization = `Bearer ${body.access}`
  const cut = await begin('shut-out')
  authorization = taker
  assert.deepEqual([kept.reply.status, cut.reply.status], [200, 200])
  assert.equal((await chief.ask('PATCH', `/api/people/${other.id}/`, { active: false })).status, 200)
  await assert.rejects(cut.reply.arrayBuffer())
  assert.equal((await endOf('shut-out')).whole, false)
  await kept.reply.arrayBuffer()
  assert.deepEqual([(await endOf('kept-whole')).whole, (await endOf('kept-whole')).rows], [true, count])
})
