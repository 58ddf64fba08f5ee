import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let [ann, chief, admin]: Ask[] = []

before(async () => {
  server = await startTestServer()
  ann = (await signIn(server, 'ann', 'dispatcher')).ask
  chief = (await signIn(server, 'chief', 'supervisor')).ask
  admin = (await signIn(server, 'root', 'admin')).ask
})
after(() => server.close())

const path = '/api/handovers/'

test('a note is kept with its author, time and desk, and the newest comes first', async () => {
  const written = await ann!('POST', path, { text: ' B2 has a flat tyre. ', desk: 'Desk 1' })
  assert.equal(written.status, 201)
  const { id, written_at, ...rest } = written.body
  assert.deepEqual(rest, { text: 'B2 has a flat tyre.', desk: 'Desk 1', written_by: 'ann' })
  assert.ok(id > 0 && Date.now() - Date.parse(written_at) < 60_000)
  await chief!('POST', path, { text: 'Harbour bridge is closed until Monday.' })

  const { body } = await admin!('GET', path)
  assert.equal(body.count, 2)
  assert.deepEqual(
    body.results.map((one: { text: string; desk: string }) => [one.text, one.desk]),
    [
      ['Harbour bridge is closed until Monday.', ''],
      ['B2 has a flat tyre.', 'Desk 1'],
    ],
  )
})

test('notes are found by their text, author and desk; pages follow each other', async () => {
  const texts = async (query: string) =>
    (await ann!('GET', path + query)).body.results.map((one: { text: string }) => one.text)
  assert.deepEqual(await texts('?search=flat'), ['B2 has a flat tyre.'])
  assert.deepEqual(await texts('?search=CHIEF'), ['Harbour bridge is closed until Monday.'])
  assert.deepEqual(await texts('?search=desk%201'), ['B2 has a flat tyre.'])
  assert.deepEqual(await texts('?search=100%25'), [])

  const first = (await ann!('GET', `${path}?page_size=1`)).body
  const next = await ann!('GET', path + new URL(first.next).search)
  assert.deepEqual([next.body.results[0].text, next.body.next], ['B2 has a flat tyre.', null])
  assert.equal((await ann!('GET', `${path}?cursor=nonsense`)).status, 400)
  assert.equal((await ann!('GET', `${path}?page_size=101`)).status, 400)
})

test('what is empty, too long or not known is refused by its field', async () => {
  const cases: [object, string][] = [
    [{ text: '  ' }, 'text'],
    [{ text: 'x'.repeat(4_001) }, 'text'],
    [{ text: 'x', desk: 'x'.repeat(31) }, 'desk'],
    [{ text: 'x', author: 'somebody' }, 'author'],
    [{}, 'text'],
  ]
  for (const [body, field] of cases) {
    const refused = await ann!('POST', path, body)
    assert.deepEqual([refused.status, refused.body[field]?.length], [400, 1], field)
  }
})

test('admins read and do not write; the timeline has no word of a note', async () => {
  assert.equal((await admin!('POST', path, { text: 'x' })).status, 403)
  const { rows } = await server.ctx.db.pool.query(
    "SELECT data, actor_name FROM facts WHERE type = 'handover_written' ORDER BY id",
  )
  assert.deepEqual(
    rows.map((row) => [Object.keys(row.data), row.actor_name]),
    [
      [['note_id'], 'ann'],
      [['note_id'], 'chief'],
    ],
  )
})
