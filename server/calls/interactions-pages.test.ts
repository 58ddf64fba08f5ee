import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
/** Characters of messages a page may hold, unless one message alone is more. */
const pageText = 1_000_000

let server: TestServer
let ask: Ask

before(async () => {
  server = await startTestServer()
  ask = withKey(server.baseUrl, server.key)
})
after(() => server.close())

/** A call whose words have these texts and places; no process knows it. */
async function talk(call_sid: string, messages: readonly string[], sequence: (at: number) => number) {
  await server.ctx.db.pool.query(
    `WITH call AS (INSERT INTO calls (call_sid, caller_number, created_at, updated_at)
        VALUES ($1, '+15550100', now(), now()) RETURNING id)
      INSERT INTO call_interactions (call_id, sequence, speaker, message, created_at)
      SELECT call.id, m.sequence, 'CALLER', m.message, now()
      FROM call, unnest($2::bigint[], $3::text[]) AS m(sequence, message)`,
    [call_sid, messages.map((_, at) => sequence(at)), messages],
  )
  return `/api/calls/${call_sid}/interactions/`
}

/** Every page of a list, by following its Link header and nothing else. */
async function follow(path: string): Promise<Interaction[][]> {
  const pages: Interaction[][] = []
  for (let next: string | undefined = path; next !== undefined; ) {
    const { status, body, headers } = await ask('GET', next)
    assert.equal(status, 200)
    pages.push(body as Interaction[])
    assert.ok(pages.length < 1_000, 'the pages do not end')
    const link = headers.get('link')
    if (link === null) break
    const url = /^<([^>]+)>; rel="next"$/.exec(link)?.[1] ?? assert.fail(link)
    assert.equal(new URL(url).origin, server.baseUrl)
    next = url.slice(server.baseUrl.length)
  }
  return pages
}

const textOf = (page: readonly Interaction[]) => page.reduce((sum, one) => sum + [...one.message].length, 0)

/** Nothing missing, nothing twice, in order, and no page larger than it may be or smaller than it need be. */
async function assertPages(pages: readonly Interaction[][], call_sid: string, size: number): Promise<void> {
  const { rows } = await server.ctx.db.pool.query<{ id: number; message: string }>(
    `SELECT i.id, i.message FROM call_interactions i JOIN calls c ON c.id = i.call_id
      WHERE c.call_sid = $1 ORDER BY i.sequence, i.id`,
    [call_sid],
  )
  assert.deepEqual(
    pages.flat().map(({ id, message }) => ({ id, message })),
    rows,
  )
  for (const [at, page] of pages.entries()) {
    assert.ok(page.length > 0 && page.length <= size, `page ${at} has ${page.length}`)
    const last = page.at(-1) as Interaction
    const before = textOf(page) - [...last.message].length
    assert.ok(before < pageText, `page ${at} has ${before} characters before its last message`)
    const isCutShort = at < pages.length - 1 && page.length < size
    assert.ok(!isCutShort || textOf(page) >= pageText, `page ${at} ends at ${textOf(page)} characters`)
  }
}

describe('pages of utterances', () => {
  const long = 'Ω'.repeat(20_000)
  const cases: [string, string[], (at: number) => number, number | undefined, number[]][] = [
    // 50 messages of 20,000 characters are a million.
    ['long ones', range(120).map(() => long), (at) => at, undefined, [50, 50, 20]],
    ['long ones, as many as fill one page', range(50).map(() => long), (at) => at, undefined, [50]],
    ['long ones, one more than fill a page', range(51).map(() => long), (at) => at, undefined, [50, 1]],
    ['long ones and a small page', range(120).map(() => long), (at) => at, 49, [49, 49, 22]],
    ['long ones and a large page', range(120).map(() => long), (at) => at, 1_000, [50, 50, 20]],
    ['all at one place', range(120).map(() => long), () => 7, undefined, [50, 50, 20]],
    ['places backwards, with gaps', range(70).map(() => long), (at) => 1_000 - at * 9, undefined, [50, 20]],
    ['short ones', range(1_001).map((at) => `line ${at}`), (at) => at, undefined, [1_000, 1]],
    ['short ones, just a page', range(1_000).map((at) => `line ${at}`), (at) => at, undefined, [1_000]],
    ['short ones, one a page', range(5).map((at) => `line ${at}`), (at) => at, 1, [1, 1, 1, 1, 1]],
    ['empty ones', range(7).map(() => ''), (at) => at, 3, [3, 3, 1]],
    ['none', [], (at) => at, undefined, [0]],
    // A character outside the first plane is one to PostgreSQL and two to JavaScript.
    ['pairs', range(120).map(() => '🚑'.repeat(10_000)), (at) => at, undefined, [100, 20]],
  ]
  for (const [at, [name, messages, sequence, size, expected]] of cases.entries()) {
    test(name, { timeout: 60_000 }, async () => {
      const call_sid = `pages-${at}`
      const path = await talk(call_sid, messages, sequence)
      const pages = await follow(size === undefined ? path : `${path}?page_size=${size}`)
      assert.deepEqual(
        pages.map((page) => page.length),
        expected,
      )
      if (messages.length > 0) await assertPages(pages, call_sid, size ?? 1_000)
    })
  }

  test('of every length, mixed', { timeout: 60_000 }, async () => {
    const lengths = range(400).map((at) => [1, 20_000, 0, 333, 12_345, 19_999][(at * 7) % 6] as number)
    const messages = lengths.map((length, at) => String(at % 10).repeat(length))
    const path = await talk('pages-mixed', messages, (at) => (at * 13) % 100)
    for (const size of [3, 77, 1_000]) {
      await assertPages(await follow(`${path}?page_size=${size}`), 'pages-mixed', size)
    }
  })

  test('words that come while one reads are on a later page', async () => {
    const path = await talk(
      'pages-live',
      range(60).map(() => long),
      (at) => at,
    )
    const { body, headers } = await ask('GET', path)
    const added = await ask('POST', path, { speaker: 'SYSTEM', message: 'late' })
    assert.equal(added.body.sequence, 60)
    const next = /<([^>]+)>/.exec(headers.get('link') ?? '')?.[1] ?? ''
    const rest = await follow(next.slice(server.baseUrl.length))
    assert.deepEqual(rest.flat().at(-1), added.body)
    await assertPages([body, ...rest], 'pages-live', 1_000)
  })

  test('a size that is none, and a cursor that is none, are refused by name', async () => {
    const path = await talk('pages-refused', ['one'], (at) => at)
    for (const size of ['0', '-1', '1001', '1.5', 'many']) {
      const { status, body } = await ask('GET', `${path}?page_size=${size}`)
      assert.deepEqual([status, body.code, Object.keys(body).includes('page_size')], [400, 'invalid', true])
    }
    const { status, body } = await ask('GET', `${path}?cursor=nonsense`)
    assert.deepEqual([status, body.cursor], [400, ['Is not a cursor of this list.']])
  })
})
