import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import type { KeptExport } from '@toneout/contract/model/kept-export.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import { eraseCaller } from '../caller-data/erase-calls.ts'
import { signIn } from '../test/support/centre.ts'
import { type Ask, asker, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { createExports, type Exports } from './exports.ts'
import { keepExport } from './keep-export.ts'
import { tidyKept } from './store-kept.ts'
import { nameWanted, readQuery } from './wanted.ts'

const limit = { timeout: 300_000 }
const count = 40_000

let server: TestServer
let chief: { id: number; ask: Ask }
let other: { id: number; ask: Ask }

const rows = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  server = await startTestServer()
  for (let from = 1; from <= count; from += 2_500) {
    await rows(
      `INSERT INTO calls (call_sid, location, created_at, updated_at, status, category, emergency_type)
       SELECT 'K' || n, md5(n::text) || ' Harbour Street', now() - n * interval '1 s', now(), 'ACTIVE', '',
         CASE WHEN n <= 3 THEN 'FIRE' ELSE 'MEDICAL' END
       FROM generate_series($1::int, $2::int) n`,
      [from, from + 2_499],
    )
  }
  chief = await signIn(server, 'chief', 'supervisor')
  other = await signIn(server, 'other', 'supervisor')
}, limit)
after(() => server.close())

const keep = (ask: Ask, query: string, what = 'calls') => ask('POST', '/api/kept-exports/', { what, query })
const listed = async (ask: Ask): Promise<KeptExport[]> =>
  (await ask('GET', '/api/kept-exports/')).body.results
async function ended(ask: Ask, id: number): Promise<KeptExport> {
  for (;;) {
    const found = (await listed(ask)).find((one) => one.id === id)
    assert.ok(found, 'it is not listed any more')
    if (found.state !== 'RUNNING') return found
    await pause(50)
  }
}
const factsOf = (id: number) =>
  rows(`SELECT type, data FROM facts WHERE (data->>'kept_id')::bigint = $1 ORDER BY id`, [id])

/** Waits for the fact of the end, which is written after the file is there. */
async function noted(id: number): Promise<Record<string, unknown>> {
  for (;;) {
    const made = (await factsOf(id)).find(({ type }) => type === 'export_made')
    if (made) return made.data
    await pause(50)
  }
}
const clear = async ({ ask }: { ask: Ask }) => {
  for (const { id } of await listed(ask)) await ask('DELETE', `/api/kept-exports/${id}/`)
}

test('is the file of the export, fetched by its owner alone, on the record each time', limit, async () => {
  const query = 'columns=call_sid,location&emergency_type=FIRE&format=csv'
  const asked = await keep(chief.ask, query)
  assert.equal(asked.status, 201)
  assert.deepEqual([asked.body.state, asked.body.rows_expected], ['RUNNING', 3])
  const { id } = asked.body
  const done = await ended(chief.ask, id)
  assert.deepEqual([done.state, done.rows_sent, done.fault], ['READY', 3, null])
  assert.equal(Date.parse(done.expires_at ?? '') - Date.parse(done.ended_at ?? ''), 86_400_000)
  const kept = await chief.ask('GET', `/api/kept-exports/${id}/file/`)
  const now = await chief.ask('GET', `/api/exports/calls/?${query}`)
  assert.equal(kept.body, now.body)
  assert.equal(Number(kept.headers.get('content-length')), done.bytes)
  assert.match(kept.headers.get('content-disposition') ?? '', /calls_emergency-type-fire.*\.csv"$/)
  for (const method of ['GET', 'DELETE'] as const) {
    const path = `/api/kept-exports/${id}/${method === 'GET' ? 'file/' : ''}`
    assert.equal((await other.ask(method, path)).status, 404)
  }
  assert.deepEqual(await listed(other.ask), [])
  assert.deepEqual(await noted(id), { what: 'calls', format: 'csv', kept_id: id, rows: 3, whole: true })
  assert.deepEqual((await factsOf(id)).map(({ type }) => type).sort(), [
    'export_begun',
    'export_fetched',
    'export_made',
  ])
  await clear(chief)
  assert.equal((await chief.ask('GET', `/api/kept-exports/${id}/file/`)).status, 404)
  assert.deepEqual(await rows('SELECT 1 FROM kept_export_parts WHERE export_id = $1', [id]), [])
})

test('a large one goes in parts that are put together again', limit, async () => {
  const { body } = await keep(chief.ask, 'format=ndjson')
  const done = await ended(chief.ask, body.id)
  assert.deepEqual([done.state, done.rows_sent], ['READY', count])
  const parts = await rows('SELECT packed FROM kept_export_parts WHERE export_id = $1 ORDER BY part', [
    body.id,
  ])
  assert.ok(parts.length > 1, String(parts.length))
  const { body: file } = await chief.ask('GET', `/api/kept-exports/${body.id}/file/`)
  assert.equal(file.trim().split('\n').length, count)
  assert.equal(gunzipSync(Buffer.concat(parts.map(({ packed }) => packed))).toString(), file)
  await clear(chief)
})

test('three for each person, however they come at once; one that failed makes room', limit, async () => {
  const asks = Array.from({ length: 5 }, () => keep(chief.ask, 'format=csv&emergency_type=FIRE'))
  const statuses = (await Promise.all(asks)).map(({ status }) => status)
  // Two at once may run; a third that comes later finds a place.
  assert.ok(
    statuses.every((status) => [201, 409, 429].includes(status)),
    String(statuses),
  )
  for (const { id } of await listed(chief.ask)) await ended(chief.ask, id)
  while ((await listed(chief.ask)).length < 3) {
    const { status, body } = await keep(chief.ask, 'format=csv&emergency_type=FIRE')
    assert.ok(status === 201 || status === 429, String(status))
    if (status === 201) await ended(chief.ask, body.id)
  }
  assert.equal((await listed(chief.ask)).length, 3)
  const fourth = await keep(chief.ask, 'format=csv')
  assert.deepEqual([fourth.status, fourth.body.code], [409, 'too_many_kept'])
  const [first] = await listed(chief.ask)
  await rows(`UPDATE kept_exports SET state = 'FAILED', fault = 'broken_off' WHERE id = $1`, [first?.id])
  for (;;) {
    const { status } = await keep(chief.ask, 'format=csv&emergency_type=FIRE')
    if (status === 201) break
    assert.equal(status, 429)
    await pause(50)
  }
  for (const { id } of await listed(chief.ask)) await ended(chief.ask, id)
  await clear(chief)
})

for (const [what, fault, end] of [
  ['whoever asked is shut out', 'shut_out', (exports: Exports) => exports.review()],
  ['the server stops', 'server_stopped', (exports: Exports) => exports.close()],
] as const) {
  test(`ends without a file when ${what}, and says so`, limit, async () => {
    const exports = createExports(server.ctx)
    const query = readQuery('calls', 'format=ndjson')
    assert.ok(!isRefusal(query))
    const actor = { kind: 'person', id: chief.id, name: 'chief' } as const
    const named = nameWanted(server.ctx, 'calls', query, actor)
    const asked = await keepExport(server.ctx, exports, named, async () => false)
    assert.ok(!isRefusal(asked))
    const { id } = asked.body
    await end(exports)
    assert.equal((await ended(chief.ask, id)).fault, fault)
    assert.equal((await noted(id)).whole, false)
    assert.deepEqual(await rows('SELECT 1 FROM kept_export_parts WHERE export_id = $1', [id]), [])
    await clear(chief)
  })
}

test(
  'one that its process does not speak of any more has failed; one that expired is gone',
  limit,
  async () => {
    const insert = `INSERT INTO kept_exports (person_id, role, what, format, file_name, state, rows_expected,
      requested_at, beat_at, ended_at, expires_at)
    VALUES ($1, 'supervisor', 'calls', 'csv', 'x.csv', $2, 1, $3, $3, $4, $4) RETURNING id`
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
    const [old, now] = [at(-5), at(0)]
    const [{ id: silent }] = await rows(insert, [chief.id, 'RUNNING', old, null])
    const [{ id: expired }] = await rows(insert, [chief.id, 'READY', old, now])
    await tidyKept(server.ctx.db, now, at(-3))
    const found = await listed(chief.ask)
    assert.deepEqual(
      found.map(({ id, state, fault }) => ({ id, state, fault })),
      [{ id: silent, state: 'FAILED', fault: 'server_stopped' }],
    )
    assert.equal((await chief.ask('GET', `/api/kept-exports/${expired}/file/`)).status, 404)
    await clear(chief)
  },
)

test('a file is not for its owner in another role, and gone once a caller is erased', limit, async () => {
  const { body } = await keep(chief.ask, 'format=csv&emergency_type=FIRE')
  await ended(chief.ask, body.id)
  const fetched = async () => (await chief.ask('GET', `/api/kept-exports/${body.id}/file/`)).status
  for (const role of ['analyst', 'supervisor']) {
    await rows('UPDATE people SET role = $2 WHERE id = $1', [chief.id, role])
    assert.equal(await fetched(), role === 'analyst' ? 404 : 200)
  }
  await eraseCaller(server.ctx, '+15550100199', false)
  assert.equal(await fetched(), 200, 'nothing was erased')
  const opened = { call_sid: 'CA-erase', caller_number: '+15550100199', emergency_type: 'OTHER' }
  assert.equal((await withKey(server.baseUrl, server.key)('POST', '/api/calls/', opened)).status, 201)
  assert.equal((await eraseCaller(server.ctx, '+15550100199', false)).erased, 1)
  assert.equal(await fetched(), 404)
  assert.deepEqual(await listed(chief.ask), [])
})

for (const [what, query, field] of [
  ['calls', '', 'format'],
  ['calls', 'format=pdf', 'format'],
  ['calls', 'format=csv&format=csv', 'query'],
  ['calls', 'format=csv&status=ASLEEP', 'status'],
  ['units', 'format=csv&incident=3', 'incident'],
  ['people', 'format=csv', 'what'],
] as const) {
  test(`of ${what} by "${query}" is refused by ${field}`, limit, async () => {
    const { status, body } = await keep(chief.ask, query, what)
    assert.deepEqual([status, Object.keys(body)], [400, ['code', 'detail', field]])
  })
}

test('analysts may not look for words so either; what was searched for is told nowhere', limit, async () => {
  const analyst = await signIn(server, 'kept-analyst', 'analyst')
  assert.equal((await keep(analyst.ask, 'format=csv&search=Harbour')).status, 403)
  const { body } = await keep(chief.ask, 'format=csv&search=Zanzibar')
  await ended(chief.ask, body.id)
  const text = `SELECT 1 FROM kept_exports k WHERE k::text ILIKE '%zanzibar%'
    UNION ALL SELECT 1 FROM facts f WHERE f::text ILIKE '%zanzibar%'`
  assert.deepEqual(await rows(text), [])
  const reader = asker(server.baseUrl, {})
  assert.equal((await reader('GET', '/api/kept-exports/')).status, 401)
  await clear(chief)
})
