import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { looksUp } from '@toneout/contract/model/caller-number.ts'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { makeKey, startTestServer, type TestServer } from '../test/support/test-server.ts'

const limit = { timeout: 120_000 }

describe('what a text in a search finds by the number', () => {
  const cases: [string, ReturnType<typeof looksUp>][] = [
    ['+1 (555) 555-0142', 'number'],
    ['5550142', 'number'],
    ['555014', 'nothing'],
    ['94110', 'nothing'],
    ['0142', 'nothing'],
    [' Anonymous ', 'withheld'],
    ['sip:bob@example.org', 'number'],
    ['TEL:+1555', 'number'],
    ['I-26-000001', 'nothing'],
    ['21 Harbour Street', 'nothing'],
    ['jo.doe@example.org', 'nothing'],
  ]
  for (const [text, expected] of cases) test(text, () => assert.equal(looksUp(text), expected))
})

describe('looking for a number', limit, () => {
  let server: TestServer
  let clock = 0
  let program: Ask
  const number = '+15555550142'
  const rows = async (text: string, values: unknown[] = []) =>
    (await server.ctx.db.pool.query(text, values)).rows
  const factsOf = (name: string) =>
    rows(`SELECT data FROM facts WHERE type = 'caller_number_searched' AND actor_name = $1`, [name])
  const find = (ask: Ask, text: string, filter = 'caller_number') =>
    ask('GET', `/api/calls/?${filter}=${encodeURIComponent(text)}`)

  before(async () => {
    const now = () => new Date(Date.now() + clock)
    server = await startTestServer({ now, config: { rateLimitFactor: 1 } })
    program = withKey(server.baseUrl, server.key)
    await program('POST', '/api/calls/', { call_sid: 'N1', caller_number: number, location: 'Pier 3' })
  }, limit)
  after(() => server.close())

  test('is on the record before it is answered, without the number, once for ten minutes', async () => {
    const { ask } = await signIn(server, 'desk', 'dispatcher')
    const asked = [find(ask, number), find(ask, '1 555 555 0142'), find(ask, '15555550142', 'search')]
    for (const { body } of await Promise.all(asked)) assert.equal(body.count, 1)
    assert.deepEqual(await factsOf('desk'), [{ data: { filter: 'caller_number' } }])
    await find(ask, '+15555550143')
    assert.equal((await factsOf('desk')).length, 2)
    clock += 11 * 60_000
    await find(ask, number, 'search')
    assert.deepEqual((await factsOf('desk')).at(-1), { data: { filter: 'search' } })
    const [found] = await rows(`SELECT count(*)::int AS n FROM facts t WHERE t::text LIKE '%5550142%'`)
    assert.equal(found.n, 0)
  })

  test('words, places, incidents and withheld numbers cost nothing', async () => {
    const { ask } = await signIn(server, 'words', 'supervisor')
    for (const text of ['Pier 3', 'I-26', '94110', 'anonymous', 'help']) {
      assert.equal((await find(ask, text, 'search')).status, 200)
    }
    assert.equal((await find(ask, 'anonymous')).status, 200)
    assert.deepEqual(await factsOf('words'), [])
  })

  for (const role of ['dispatcher', 'supervisor', 'admin'] as const) {
    test(`a ${role} who tries one after the other is stopped by name, and only in that`, async () => {
      const { ask } = await signIn(server, `guess-${role}`, role)
      const statuses: number[] = []
      for (let at = 0; at < 40; at += 1) {
        const { status, body, headers } = await find(
          ask,
          `+1555555${1_000 + at}`,
          at % 2 ? 'search' : undefined,
        )
        statuses.push(status)
        if (status !== 429) continue
        assert.match(body.detail, /look-ups of numbers/)
        assert.ok(Number(headers.get('retry-after')) >= 1)
      }
      const answered = statuses.filter((one) => one === 200).length
      // A slow machine gives a token back now and then.
      assert.ok(answered >= 30 && answered < 40, `${answered} were answered`)
      assert.equal((await factsOf(`guess-${role}`)).length, answered)
      assert.equal((await find(ask, 'Pier', 'search')).status, 200)
    })
  }

  test('is not for readers and analysts', async () => {
    const reader = withKey(server.baseUrl, server.readerKey)
    const analyst = (await signIn(server, 'figures', 'analyst')).ask
    for (const ask of [reader, analyst]) {
      for (const filter of ['caller_number', 'search']) {
        const { status, body } = await find(ask, number, filter)
        assert.deepEqual([status, Object.keys(body)], [403, ['code', 'detail', filter]])
      }
    }
    assert.equal((await find(reader, 'Pier', 'search')).body.count, 1)
  })
})

test(
  'a number is told to the credential that opened the call or wrote to it, not to another',
  limit,
  async () => {
    const server = await startTestServer()
    try {
      const first = withKey(server.baseUrl, server.key)
      const second = withKey(server.baseUrl, await makeKey(server.ctx, 'ai_dispatcher'))
      const opening = { call_sid: 'W1', caller_number: '+15555550142' }
      assert.equal((await first('POST', '/api/calls/', opening)).body.caller_number, '+15555550142')
      const path = '/api/calls/W1/'
      const shownTo = async (ask: Ask) => (await ask('GET', path)).body.caller_number
      const masked = '+1555•••0142'
      assert.deepEqual([await shownTo(first), await shownTo(second)], ['+15555550142', masked])
      // What changes nothing is no writing, whatever number comes with it.
      const repeated = await second('POST', '/api/calls/', { ...opening, caller_number: '+1' })
      assert.deepEqual([repeated.status, repeated.body.caller_number], [200, masked])
      assert.equal((await second('PATCH', path, { language: '' })).body.caller_number, masked)
      const own = (await signIn(server, 'ai', 'ai_dispatcher')).ask
      assert.equal(await shownTo(own), masked)
      // A key that takes over writes, which is on the record.
      const said = { speaker: 'SYSTEM', message: 'I am here now' }
      assert.equal((await second('POST', `${path}interactions/`, said)).status, 201)
      assert.equal(await shownTo(second), '+15555550142')
      assert.equal((await own('PATCH', path, { language: 'en' })).body.caller_number, '+15555550142')
    } finally {
      await server.close()
    }
  },
)
