import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask

before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'chief', 'supervisor')).ask
  const write = withKey(server.baseUrl, server.key)
  const types = ['MEDICAL', 'FIRE', 'POLICE', undefined]
  const levels = ['CRITICAL', 'LOW', undefined, 'HIGH', 'STANDARD']
  for (let at = 0; at < 23; at += 1) {
    const created_at = `2026-11-20T10:${String(Math.floor(at / 2)).padStart(2, '0')}:00Z`
    const more = {
      emergency_type: types[at % 4],
      priority_level: levels[at % 5],
      location: `${at} Harbour St`,
    }
    await write('POST', '/api/calls/', {
      call_sid: `L${at}`,
      caller_number: `+1555010${at % 3}`,
      created_at,
      ...more,
    })
  }
  await write('POST', '/api/calls/L7/interactions/', {
    speaker: 'caller',
    message: 'The purple elephant fell',
  })
  for (const at of [2, 5, 9]) await write('PUT', `/api/calls/L${at}/`, { status: 'COMPLETED' })
})
after(() => server.close())

type Row = { call_sid: string; id: number; created_at: string; priority_level: string | null }
const sids = (rows: Row[]) => rows.map((row) => row.call_sid)

async function walk(query: string, back = false): Promise<string[][]> {
  const pages: string[][] = []
  for (let next: string | null = `/api/calls/?${query}`; next; ) {
    const { status, body } = await ask('GET', next.replace(server.baseUrl, ''))
    assert.equal(status, 200)
    pages.push(sids(body.results))
    next = body.next
    if (!next && back) {
      const reversed: string[][] = []
      for (let previous: string | null = body.previous; previous; ) {
        const page: Awaited<ReturnType<Ask>> = await ask('GET', previous.replace(server.baseUrl, ''))
        reversed.unshift(sids(page.body.results))
        previous = page.body.previous
      }
      assert.deepEqual([...reversed, pages.at(-1)], pages)
    }
  }
  return pages
}

const orderings = [
  '-created_at',
  'created_at',
  'priority_level',
  '-priority_level',
  'completed_at',
  '-completed_at',
]
for (const ordering of orderings) {
  test(`pages by ${ordering} hold every call once, forward and back`, async () => {
    const pages = await walk(`ordering=${ordering}&page_size=4`, true)
    assert.deepEqual(
      pages.map((page) => page.length),
      [4, 4, 4, 4, 4, 3],
    )
    const all = pages.flat()
    assert.equal(new Set(all).size, 23)
    const whole = await walk(`ordering=${ordering}&page_size=200`)
    assert.deepEqual(all, whole[0])
  })
}

test('newest first is the default; priority goes by urgency; open calls come after ended ones', async () => {
  assert.equal((await walk(''))[0]?.[0], 'L22')
  const urgent = await ask('GET', '/api/calls/?ordering=-priority_level&page_size=6')
  assert.deepEqual(
    [...new Set(urgent.body.results.map((row: Row) => row.priority_level))],
    ['CRITICAL', 'HIGH'],
  )
  const ended = await ask('GET', '/api/calls/?ordering=-completed_at&page_size=3')
  assert.deepEqual(sids(ended.body.results).sort(), ['L2', 'L5', 'L9'])
})

const filters: [string, number | string[]][] = [
  ['status=completed', ['L9', 'L5', 'L2']],
  ['emergency_type=fire&status=ACTIVE', ['L21', 'L17', 'L13', 'L1']],
  ['priority_level=HIGH', 4],
  ['caller_number=%2B15550101', 8],
  ['created_after=2026-11-20T10:10:00Z', ['L22', 'L21', 'L20']],
  ['created_before=2026-11-20T10:01:00Z', ['L1', 'L0']],
  ['answered_by=ai', 23],
  ['answered_by=human', 0],
  ['lost_contact=true', 0],
  ['search=purple', ['L7']],
  ['search=PURPLE elephant', ['L7']],
  ['search=21 harbour', ['L21']],
  ['search=%25', 0],
  ['search=0102', 0],
  ['search=%2B1 (555) 0102', 7],
  ['caller_number=1555-0101', 8],
]
for (const [query, expected] of filters) {
  test(`filter ${query}`, async () => {
    const { status, body } = await ask('GET', `/api/calls/?${query}`)
    assert.equal(status, 200)
    if (typeof expected === 'number') assert.equal(body.count, expected)
    else assert.deepEqual(sids(body.results), expected)
    assert.deepEqual([body.count, body.count_exact], [body.results.length, true])
  })
}

const bad: [string, string][] = [
  ['status=gone', 'status'],
  ['page_size=201', 'page_size'],
  ['page_size=0', 'page_size'],
  ['ordering=id', 'ordering'],
  ['cursor=zzz', 'cursor'],
  ['created_after=yesterday', 'created_after'],
  ['colour=red', 'colour'],
]
for (const [query, field] of bad) {
  test(`refused ${query}`, async () => {
    const { status, body } = await ask('GET', `/api/calls/?${query}`)
    assert.deepEqual([status, Array.isArray(body[field])], [400, true])
  })
}

test('a cursor of another ordering is refused', async () => {
  const { body } = await ask('GET', '/api/calls/?page_size=1&ordering=created_at')
  const cursor = new URL(body.next).searchParams.get('cursor')
  assert.equal((await ask('GET', `/api/calls/?ordering=priority_level&cursor=${cursor}`)).status, 400)
})

test('words with marks between them are found, where PostgreSQL would read addresses and tags', async () => {
  const write = withKey(server.baseUrl, server.key)
  for (const [at, text] of ['a-1.a-', 'a-a.', 'a-a.a-', '<!--', 'http://a/b?c=d&'].entries()) {
    const message = `marker${at} ${text.repeat(Math.floor(19_900 / text.length))}`
    const { status } = await write('POST', '/api/calls/L3/interactions/', { speaker: 'caller', message })
    assert.equal(status, 201)
  }
  await write('POST', '/api/calls/L4/interactions/', {
    speaker: 'caller',
    message: 'mail jo.doe@example.org, flat 3-B',
  })
  for (const search of ['jo.doe@example.org', 'example', '3-b']) {
    assert.deepEqual(sids((await ask('GET', `/api/calls/?search=${search}`)).body.results), ['L4'], search)
  }
})

test('a call that comes in while pages are read moves none of the others', async () => {
  const first = await ask('GET', '/api/calls/?page_size=5')
  await withKey(server.baseUrl, server.key)('POST', '/api/calls/', {
    call_sid: 'new',
    caller_number: 'anonymous',
  })
  const second = await ask('GET', first.body.next.replace(server.baseUrl, ''))
  assert.deepEqual(sids(second.body.results).slice(0, 2), ['L17', 'L16'])
})

test('above 10,000 the count is an estimate and says so', async () => {
  await server.ctx.db.pool.query(`INSERT INTO calls (call_sid, caller_number, created_at, updated_at)
    SELECT 'bulk' || n, '+1', now(), now() FROM generate_series(1, 12000) n`)
  await server.ctx.db.pool.query('ANALYZE calls')
  const { body } = await ask('GET', '/api/calls/')
  assert.equal(body.count_exact, false)
  assert.ok(body.count > 10_000 && body.count < 14_000, String(body.count))
})
