import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
const count = 60

before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
  // Instants repeat, and ids do not follow them.
  await server.ctx.db.pool.query(
    `INSERT INTO incidents (id, incident_number, status, closed_at, disposition, priority, emergency_type,
       location, notes, received_at, updated_at)
     SELECT n, 'L-' || n, CASE n % 3 WHEN 0 THEN 'CLOSED' WHEN 1 THEN 'RECEIVED' ELSE 'EN_ROUTE' END,
       CASE n % 3 WHEN 0 THEN now() END, CASE n % 3 WHEN 0 THEN 'NO_PATIENT' END, n % 4 + 1,
       CASE n % 2 WHEN 0 THEN 'FIRE' ELSE 'CARDIAC' END, 'Street ' || n, CASE n WHEN 7 THEN '100% sure' ELSE '' END,
       timestamptz '2026-11-21T07:00:00Z' + make_interval(mins => n * 37 % 20), now()
     FROM generate_series(1, $1::int) n`,
    [count],
  )
})
after(() => server.close())

type Row = { id: number; priority: number; received_at: string; status: string; emergency_type: string }
type Page = {
  count: number
  count_exact: boolean
  next: string | null
  previous: string | null
  results: Row[]
}
const get = async (path: string): Promise<Page> => {
  const { status, body } = await ask('GET', path.replace(server.baseUrl, ''))
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

async function readAll(query: string, size = 7): Promise<Row[]> {
  const rows: Row[] = []
  const pages: string[] = []
  let path: string | null = `/api/incidents/?page_size=${size}&${query}`
  while (path) {
    const page: Page = await get(path)
    pages.push(JSON.stringify(page.results))
    rows.push(...page.results)
    if (page.next === null && page.previous !== null) {
      // Back from the last page to the first, the same pages come again.
      let back: string | null = page.previous
      for (const expected of pages.slice(0, -1).toReversed()) {
        assert.ok(back)
        const one: Page = await get(back)
        assert.equal(JSON.stringify(one.results), expected)
        back = one.previous
      }
      assert.equal(back, null)
    }
    path = page.next
  }
  return rows
}

const order = (rows: readonly Row[], by: (one: Row) => (string | number)[]) =>
  rows.toSorted((a, b) => {
    const [one, two] = [by(a), by(b)]
    const at = one.findIndex((part, i) => part !== two[i])
    return at < 0 ? 0 : (one[at] as number) < (two[at] as number) ? -1 : 1
  })
const orderings: [string, (one: Row) => (string | number)[]][] = [
  ['received_at', ({ received_at, id }) => [received_at, id]],
  ['-received_at', ({ received_at, id }) => [-Date.parse(received_at), -id]],
  ['priority', ({ priority, received_at, id }) => [priority, received_at, id]],
]
for (const [ordering, by] of orderings) {
  test(`ordering ${ordering}: all pages in order, forth and back`, async () => {
    const rows = await readAll(`ordering=${ordering}`)
    assert.equal(rows.length, count)
    assert.deepEqual(rows, order(rows, by))
  })
}

const filters: [query: string, keeps: (one: Row) => boolean][] = [
  ['', () => true],
  ['status=received', ({ status }) => status === 'RECEIVED'],
  ['status=RECEIVED,%20closed', ({ status }) => status !== 'EN_ROUTE'],
  ['status=EN_ROUTE,RECEIVED&open=true', ({ status }) => status !== 'CLOSED'],
  ['status=CLOSED&open=true', () => false],
  ['open=false', ({ status }) => status === 'CLOSED'],
  ['priority=2', ({ priority }) => priority === 2],
  ['emergency_type=fire', ({ emergency_type }) => emergency_type === 'FIRE'],
  ['awaiting_close=true', () => false],
  ['awaiting_close=false', () => true],
  [
    'received_after=2026-11-21T07:05:00Z&received_before=2026-11-21T07:10:00Z',
    ({ received_at }) => received_at >= '2026-11-21T07:05' && received_at < '2026-11-21T07:10',
  ],
  ['search=street%2012', ({ id }) => id === 12],
  ['search=100%25', ({ id }) => id === 7],
  ['search=l-5', ({ id }) => /^5/.test(String(id))],
]
for (const [query, keeps] of filters) {
  test(`filter ${query || 'none'}`, async () => {
    const [all, page] = [await readAll(''), await get(`/api/incidents/?page_size=200&${query}`)]
    const expected = all.filter(keeps)
    assert.deepEqual(page.results, expected)
    assert.deepEqual([page.count, page.count_exact], [expected.length, true])
  })
}

test('refused by name: words, sizes, orderings and cursors that are none of this list', async () => {
  const { next } = await get('/api/incidents/?page_size=2')
  const cursor = new URL(next as string).searchParams.get('cursor') as string
  const bad: [string, string][] = [
    ['status=RECEIVED,LOST', 'status'],
    ['status=,', 'status'],
    ['awaiting_close=perhaps', 'awaiting_close'],
    ['received_after=soon', 'received_after'],
    ['ordering=id', 'ordering'],
    ['page_size=201', 'page_size'],
    ['priority=5', 'priority'],
    ['cursor=zzz', 'cursor'],
    [`ordering=priority&cursor=${cursor}`, 'cursor'],
    [`ordering=received_at&cursor=${cursor}`, 'cursor'],
  ]
  for (const [query, field] of bad) {
    const { status, body } = await ask('GET', `/api/incidents/?${query}`)
    assert.equal(status, 400, query)
    assert.ok(body[field], query)
  }
})
