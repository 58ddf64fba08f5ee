import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { makeKey, startTestServer, type TestServer } from '../test/support/test-server.ts'

const hourMs = 3_600_000

let server: TestServer
let clock = 0
const people: Record<string, Ask> = {}

const rows = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

/** A call with words and a finding that quotes them, opened and ended so many hours ago; null: going on. */
async function makeCall(sid: string, opened: number, ended: number | null): Promise<void> {
  const ago = (hours: number | null) =>
    hours === null ? null : new Date(server.ctx.now().getTime() - hours * hourMs).toISOString()
  const [{ id }] = await rows(
    `INSERT INTO calls (call_sid, caller_number, created_at, updated_at, completed_at, status)
     VALUES ($1, '+15550142', $2, $2, $3, $4) RETURNING id`,
    [sid, ago(opened), ago(ended), ended === null ? 'ACTIVE' : 'COMPLETED'],
  )
  await rows(
    `INSERT INTO call_interactions (call_id, sequence, speaker, message, created_at)
     VALUES ($1, 0, 'CALLER', 'my father fell', $2)`,
    [id, ago(opened)],
  )
  await rows(
    `INSERT INTO call_findings (call_id, field, value, quote, told_at, told_by)
     VALUES ($1, 'chief_complaint', 'a fall', 'my father fell', $2, 'AI')`,
    [id, ago(opened)],
  )
}

/** Who is on the record as having read the words of a call. */
const readers = async (sid: string) =>
  (
    await rows(
      `SELECT f.actor_name AS name FROM facts f JOIN calls c ON c.id = f.call_id
       WHERE f.type = 'words_read' AND c.call_sid = $1 ORDER BY f.id`,
      [sid],
    )
  ).map(({ name }) => name)

const read = async (ask: Ask, sid: string, what = 'interactions') => {
  const { status, body } = await ask('GET', `/api/calls/${sid}/${what}/`)
  assert.equal(status, 200)
  return body
}

before(async () => {
  // The tokens outlive the hours that pass here.
  server = await startTestServer({
    now: () => new Date(Date.now() + clock),
    config: { accessTokenSeconds: 86_400 },
  })
  people.desk = (await signIn(server, 'desk', 'dispatcher')).ask
  people.chief = (await signIn(server, 'chief', 'supervisor')).ask
})
after(() => server.close())

test('the words of a call that goes on, or ended less than a day ago, are the work of a desk', async () => {
  for (const [sid, opened, ended] of [
    ['going-on', 2, null],
    ['just-ended', 30, 23.9],
  ] as const) {
    await makeCall(sid, opened, ended)
    for (const what of ['interactions', 'findings']) await read(people.desk as Ask, sid, what)
    assert.deepEqual(await readers(sid), [], sid)
  }
})

test('later each reader is on the record once an hour, whatever they read of it', async () => {
  await makeCall('over', 25, 24.1)
  const desk = people.desk as Ask
  await Promise.all([1, 2, 3].map(() => read(desk, 'over')))
  await read(desk, 'over', 'findings')
  assert.deepEqual(await readers('over'), ['desk'])
  await read(people.chief as Ask, 'over', 'findings')
  assert.deepEqual(await readers('over'), ['desk', 'chief'])
  clock += hourMs
  await read(desk, 'over')
  assert.deepEqual(await readers('over'), ['desk', 'chief', 'desk'])
})

test('a call that nobody ended counts from when it came; what was erased is not read', async () => {
  await makeCall('left', 25, null)
  await read(people.desk as Ask, 'left')
  assert.deepEqual(await readers('left'), ['desk'])
  await makeCall('erased', 50, 49)
  for (const table of ['call_interactions', 'call_findings']) {
    await rows(`DELETE FROM ${table} t USING calls c WHERE c.id = t.call_id AND c.call_sid = 'erased'`)
  }
  for (const what of ['interactions', 'findings']) await read(people.desk as Ask, 'erased', what)
  assert.deepEqual(await readers('erased'), [])
})

test('a program that reads is on the record too, and is not shown the number for having read', async () => {
  await makeCall('by-key', 30, 29)
  const other = withKey(server.baseUrl, await makeKey(server.ctx, 'ai_dispatcher'))
  await read(other, 'by-key')
  assert.deepEqual(await readers('by-key'), ['test ai_dispatcher'])
  const { body } = await other('GET', '/api/calls/by-key/')
  assert.match(body.caller_number, /•/)
})
