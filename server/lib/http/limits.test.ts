import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createTestDatabase, type TestDatabase } from '../../test/support/cluster.ts'
import { type Ask, asker, type Seen, withKey } from '../../test/support/http.ts'
import { makeKey, startTestServer, type TestServer } from '../../test/support/test-server.ts'

let database: TestDatabase
let server: TestServer
let stranger: Ask

/** With the limits of a real one. */
before(async () => {
  database = await createTestDatabase()
  server = await startTestServer({ database, config: { rateLimitFactor: 1 } })
  stranger = asker(server.baseUrl, {})
})
after(async () => {
  await server.close()
  await database.drop()
})

type Flood = { statuses: number[]; refused: Seen[]; seconds: number }

/** Asks so many times, some at once; how long it takes is up to the machine. */
async function flood(ask: () => Promise<Seen>, count: number): Promise<Flood> {
  const seen: Seen[] = []
  const begun = performance.now()
  const ten = Array.from({ length: 10 }, async () => {
    for (let at = 0; at < count / 10; at += 1) seen.push(await ask())
  })
  await Promise.all(ten)
  const statuses = seen.map(({ status }) => status)
  const refused = seen.filter(({ status }) => status === 429)
  return { statuses, refused, seconds: (performance.now() - begun) / 1_000 }
}
/** What passes is a burst, of which others may have taken a little, and what came back meanwhile. */
function holds({ statuses, refused, seconds }: Flood, limit: { perSecond: number; burst: number }) {
  const passed = statuses.length - refused.length
  const [least, most] = [Math.floor(limit.burst * 0.9), limit.burst + limit.perSecond * seconds + 1]
  assert.ok(passed >= least && passed <= most, `${passed} passed, not ${least} to ${most}`)
}
const refusedSoFar = async (kind: string) => {
  const text = String((await stranger('GET', '/metrics')).body)
  return Number(new RegExp(`toneout_rate_limited_total\\{kind="${kind}"\\} (\\d+)`).exec(text)?.[1])
}
const list = (ask: Ask) => () => ask('GET', '/api/calls/?page_size=1')

describe('at the limit', () => {
  test('one key is refused, another behind the same address never; refusals are counted', async () => {
    const slow = withKey(server.baseUrl, await makeKey(server.ctx, 'reader', { rate_limit_per_minute: 30 }))
    const calm = withKey(server.baseUrl, server.key)
    const before = await refusedSoFar('key')
    const [flooded, other] = await Promise.all([flood(list(slow), 100), flood(list(calm), 300)])
    holds(flooded, { perSecond: 0.5, burst: 30 })
    assert.deepEqual(new Set(other.statuses), new Set([200]))
    assert.equal(await refusedSoFar('key'), before + flooded.refused.length)
    assert.equal(await refusedSoFar('ai_dispatcher'), 0)
    const { body, headers } = flooded.refused[0] as Seen
    assert.deepEqual(
      [body.code, headers.get('content-type')],
      ['rate_limited', 'application/json; charset=utf-8'],
    )
  })

  test('Retry-After says in whole seconds when the next request passes', async () => {
    const ask = withKey(server.baseUrl, await makeKey(server.ctx, 'reader', { rate_limit_per_minute: 6 }))
    const begun = performance.now()
    const { refused } = await flood(list(ask), 20)
    const seconds = (performance.now() - begun) / 1_000
    const waits = refused.map(({ headers }) => headers.get('retry-after') ?? '')
    assert.ok(waits.length > 0)
    // A token comes back every 10 s, the first one 10 s after the first was taken.
    for (const wait of waits) {
      assert.match(wait, /^[1-9]\d*$/)
      assert.ok(Number(wait) <= 10 && Number(wait) + seconds >= 10, `${wait} s, ${seconds} s after the first`)
    }
  })

  test('a refusal comes a little late, and nobody minds when the asker has left by then', async () => {
    const key = await makeKey(server.ctx, 'reader', { rate_limit_per_minute: 1 })
    const ask = withKey(server.baseUrl, key)
    await list(ask)()
    const begun = performance.now()
    assert.equal((await list(ask)()).status, 429)
    assert.ok(performance.now() - begun > 90)
    const leaving = Array.from({ length: 20 }, () => {
      const signal = AbortSignal.timeout(30)
      return fetch(`${server.baseUrl}/api/calls/`, { headers: { 'x-api-key': key }, signal })
    })
    await Promise.allSettled(leaving)
    assert.equal((await list(ask)()).status, 429)
    assert.ok(!server.logged.some((line) => line.includes('"level":50')), server.logged.join('\n'))
  })

  test('both limits of a key hold', async () => {
    const limits = { rate_limit_per_second: 1_000, rate_limit_per_minute: 12 }
    const ask = withKey(server.baseUrl, await makeKey(server.ctx, 'ai_dispatcher', limits))
    holds(await flood(list(ask), 100), { perSecond: 0.2, burst: 12 })
  })

  test('an AI dispatcher without a limit of its own may ask thousands of times at once', async () => {
    const ask = withKey(server.baseUrl, await makeKey(server.ctx, 'ai_dispatcher'))
    const { statuses } = await flood(list(ask), 1_000)
    assert.deepEqual(new Set(statuses), new Set([200]))
  })

  test('people are limited each by themselves, also where they may do nothing', async () => {
    const { username, password } = server
    const { body } = await stranger('POST', '/api/token/', { username, password })
    const ask = asker(server.baseUrl, { authorization: `Bearer ${body.access}` })
    const seen = await flood(() => ask('POST', '/api/dispatch/', {}), 1_500)
    holds(seen, { perSecond: 200, burst: 1_000 })
    assert.deepEqual(new Set(seen.statuses.filter((status) => status !== 429)), new Set([403]))
  })

  test('strangers of one address are, with no credential or a wrong one; who is known goes on', async () => {
    const wrong = withKey(server.baseUrl, 'tone_wrong')
    let at = 0
    const either = () => list(at++ % 2 ? stranger : wrong)()
    const calm = withKey(server.baseUrl, server.key)
    const [seen, other] = await Promise.all([flood(either, 250), flood(list(calm), 100)])
    holds(seen, { perSecond: 20, burst: 100 })
    assert.deepEqual(new Set(seen.statuses.filter((status) => status !== 429)), new Set([401]))
    assert.deepEqual(new Set(other.statuses), new Set([200]))
    const health = await flood(() => stranger('GET', '/health/live'), 300)
    assert.deepEqual(new Set(health.statuses), new Set([200]))
  })

  test('attempts to sign in are, for one name from one address, and for all names from there', async () => {
    const { username, password } = server
    const before = await refusedSoFar('sign_in')
    const named = await flood(() => stranger('POST', '/api/token/', { username, password }), 20)
    holds(named, { perSecond: 1 / 6, burst: 9 })
    const refresh = 'not a token'
    const all = await flood(() => stranger('POST', '/api/token/refresh/', { refresh }), 400)
    const passed = all.statuses.length - all.refused.length
    assert.ok(passed <= 300 + 5 * (all.seconds + named.seconds), String(passed))
    assert.ok((await refusedSoFar('sign_in')) > before)
  })
})

test('two processes share what a key may do, beyond a burst each', async () => {
  const other = await startTestServer({ database, config: { rateLimitFactor: 1 } })
  try {
    const key = await makeKey(server.ctx, 'reader', { rate_limit_per_minute: 60 })
    const [one, two] = [withKey(server.baseUrl, key), withKey(other.baseUrl, key)]
    const begun = performance.now()
    const floods = await Promise.all([flood(list(one), 100), flood(list(two), 100)])
    const passed = () => floods.flatMap(({ statuses }) => statuses).filter((status) => status === 200).length
    const seconds = () => (performance.now() - begun) / 1_000
    assert.ok(passed() >= 60 && passed() <= 2 * 60 + 2 * seconds() + 2, String(passed()))
    // Once both have heard of each other, what was too much is paid back: they wait longer than one alone.
    const waitOf = async (ask: Ask) => Number((await list(ask)()).headers.get('retry-after'))
    let waits: number[] = []
    do waits = [await waitOf(one), await waitOf(two)]
    while (waits.some((wait) => wait < 2) && seconds() < 30)
    const owed = passed() - 60 - seconds()
    assert.ok(
      waits.every((wait) => wait >= Math.min(2, owed)),
      `${waits} s to wait, ${owed} owed`,
    )
  } finally {
    await other.close()
  }
})
