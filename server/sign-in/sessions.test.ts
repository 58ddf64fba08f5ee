import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { openStream } from '../test/support/event-stream.ts'
import { bearer, browse, getToken, makePerson, password, soon, stranger } from '../test/support/people.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const minute = 60_000
let database: TestDatabase
let servers: [TestServer, TestServer]
let clock = 0
let made = 0

before(async () => {
  database = await createTestDatabase()
  const options = { database, now: () => new Date(Date.now() + clock) }
  servers = [await startTestServer(options), await startTestServer(options)]
})
after(async () => {
  for (const server of servers) await server.close()
  await database.drop()
})

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const by = (at: number) => servers[at % 2] as TestServer
const rows = async <T>(text: string, values: unknown[]) =>
  (await by(0).ctx.db.pool.query(text, values)).rows as T[]
const somebody = (role: 'dispatcher' | 'supervisor' | 'admin' = 'dispatcher') =>
  makePerson(by(0), `session-${++made}`, role)
/** The same browser at the other process. */
const elsewhere = (at: number, cookie: string) => ({
  me: () => stranger(by(at))('GET', '/api/me/', undefined, { cookie }),
})
const typesOf = async (id: number) =>
  (await rows<{ type: string }>('SELECT type FROM facts WHERE actor_id = $1 ORDER BY id', [id])).map(
    ({ type }) => type,
  )

test('tokens are a sign-in on the record, and renewing one is none', async () => {
  const { id, username } = await somebody('supervisor')
  const { body, headers } = await getToken(by(0), { username })
  assert.equal((await stranger(by(1))('POST', '/api/token/refresh/', { refresh: body.refresh })).status, 200)
  assert.equal((await getToken(by(0), { username, password: 'stone lamp river' })).status, 401)
  const { body: history } = await bearer(by(1), body.access)('GET', `/api/audit/?actor=${username}`)
  const told = history.results.map(({ type, data, request_id }: Record<string, unknown>) => {
    return { type, data, request_id }
  })
  const request_id = headers.get('x-request-id')
  assert.deepEqual(told, [{ type: 'person_signed_in', data: { token: true }, request_id }])
  const failed = await rows<{ data: object }>(
    "SELECT data FROM facts WHERE type = 'sign_in_failed' AND (data ->> 'person_id')::bigint = $1",
    [id],
  )
  assert.deepEqual(failed, [{ data: { person_id: id } }])
})

describe('a session ends', () => {
  test('after half an hour without an admin; a page that nobody touches does not hold it', async () => {
    const { username } = await somebody('admin')
    const chief = await browse(by(0), { username: (await somebody('supervisor')).username })
    const { ask } = await browse(by(0), { username })
    const status = async (headers = {}) => (await ask('GET', '/api/me/', undefined, headers)).status
    for (const _ of range(3)) {
      clock += 20 * minute
      assert.equal(await status(), 200)
    }
    clock += 20 * minute
    assert.equal(await status({ 'x-unattended': 'true' }), 200)
    clock += 10 * minute
    assert.equal(await status(), 401)
    assert.equal((await chief.ask('GET', '/api/me/')).status, 200, 'a supervisor stays')
  })

  test('after twelve hours for everybody', async () => {
    const { ask } = await browse(by(0), { username: (await somebody()).username })
    clock += 12 * 60 * minute - 10_000
    assert.equal((await ask('GET', '/api/me/')).status, 200)
    clock += 10_001
    assert.equal((await ask('GET', '/api/me/')).status, 401)
  })

  test('when the browser signs in again, and when twenty newer ones are there', async () => {
    const { id, username } = await somebody()
    const first = await browse(by(0), { username })
    const given = { username, password }
    await stranger(by(0))('POST', '/api/auth/sign-in/', given, { cookie: first.cookie })
    assert.equal(await soon(() => first.ask('GET', '/api/me/'), 401), 401)
    for (const at of range(21)) await browse(by(at), { username })
    assert.deepEqual(await rows('SELECT count(*)::int AS n FROM sessions WHERE person_id = $1', [id]), [
      { n: 20 },
    ])
  })

  test('by the list of own ones, and no others', async () => {
    const { username } = await somebody()
    const [old, own] = [await browse(by(0), { username }), await browse(by(1), { username })]
    const other = await browse(by(0), { username: (await somebody()).username })
    const list = async () => (await own.ask('GET', '/api/auth/sessions/')).body.results
    const listed: { id: number; current: boolean }[] = await list()
    assert.deepEqual(
      listed.map(({ current }) => current),
      [true, false],
    )
    const path = `/api/auth/sessions/${listed[1]?.id}/`
    assert.equal((await other.ask('DELETE', path)).status, 404)
    assert.equal((await own.ask('DELETE', path)).status, 204)
    assert.equal((await own.ask('DELETE', path)).status, 404)
    assert.equal(await soon(() => old.ask('GET', '/api/me/'), 401), 401)
    assert.deepEqual((await list()).length, 1)
  })

  test('everywhere at once: sessions, tokens and streams of all processes', async () => {
    const { id, username } = await somebody()
    const { ask, cookie } = await browse(by(0), { username })
    const { access, refresh } = (await getToken(by(1), { username })).body
    const stream = await openStream(by(1).baseUrl, { cookie })
    await stream.take('hello')
    assert.equal((await elsewhere(1, cookie).me()).status, 200)
    assert.equal((await ask('POST', '/api/auth/sign-out-everywhere/')).status, 204)
    await stream.ended
    for (const at of range(2)) {
      assert.equal(await soon(elsewhere(at, cookie).me, 401), 401)
      assert.equal(await soon(() => bearer(by(at), access)('GET', '/api/me/'), 401), 401)
      assert.equal((await stranger(by(at))('POST', '/api/token/refresh/', { refresh })).status, 401)
    }
    const fresh = (await getToken(by(0), { username })).body.access
    for (const at of range(2)) {
      assert.equal((await bearer(by(at), fresh)('GET', '/api/me/')).status, 200, 'a new one is good at once')
    }
    assert.deepEqual((await typesOf(id)).slice(-2), ['signed_out_everywhere', 'person_signed_in'])
  })

  test('with its role, and the stream too', async () => {
    const { id, username } = await somebody()
    const { access } = (await getToken(by(1), { username })).body
    const stream = await openStream(by(1).baseUrl, { authorization: `Bearer ${access}` })
    await stream.take('hello')
    const admin = await browse(by(0), { username: (await somebody('admin')).username })
    assert.equal((await admin.ask('PATCH', `/api/people/${id}/`, { role: 'paramedic' })).status, 200)
    await stream.ended
    assert.equal(await soon(() => bearer(by(1), access)('GET', '/api/me/'), 401), 401)
  })
})

describe('changing the own password', () => {
  const change = (one: Awaited<ReturnType<typeof browse>>, current: string, word: string) =>
    one.ask('POST', '/api/auth/password/', { current, new: word })
  const better = 'glass harbour violin tree'

  test('ends all but the session that does it', async () => {
    const { id, username } = await somebody()
    const [own, old] = [await browse(by(0), { username }), await browse(by(1), { username })]
    const { access } = (await getToken(by(1), { username })).body
    assert.equal((await change(own, password, better)).status, 204)
    for (const at of range(2)) {
      assert.equal(await soon(elsewhere(at, old.cookie).me, 401), 401)
      assert.equal(await soon(() => bearer(by(at), access)('GET', '/api/me/'), 401), 401)
      assert.equal((await elsewhere(at, own.cookie).me()).status, 200)
    }
    assert.equal((await getToken(by(1), { username })).status, 401)
    assert.equal((await getToken(by(1), { username, password: better })).status, 200)
    assert.deepEqual((await typesOf(id)).slice(-2), ['password_changed', 'person_signed_in'])
  })

  test('takes a better one, and the current one, at which nobody may guess', async () => {
    const { username } = await somebody()
    const own = await browse(by(0), { username })
    const weak = await change(own, password, `${username}123456`)
    assert.equal(weak.status, 400)
    assert.match(weak.body.new[0], /like the username/)
    assert.deepEqual((await change(own, password, 'short')).body.new, ['Must have 12 to 128 characters.'])
    for (const _ of range(5)) {
      const { status, body } = await change(own, 'not the password', better)
      assert.deepEqual([status, body.current], [400, ['Is wrong.']])
    }
    assert.equal((await change(own, password, better)).status, 429)
    assert.equal((await getToken(by(1), { username })).status, 429, 'sign-ins count with it')
  })

  test('leaves no session to who knew the old one, in whatever order they come', async () => {
    for (const round of range(8)) {
      const { id, username } = await somebody()
      const own = await browse(by(0), { username })
      const intruders = range(4).map(async (at) => {
        // Each a little later than the one before, in another rhythm each round.
        for (const _ of range(at * round)) await stranger(by(at))('GET', '/health/live')
        return [await browse(by(at), { username }), await getToken(by(at + 1), { username })] as const
      })
      assert.equal((await change(own, password, better)).status, 204)
      for (const [browser, token] of await Promise.all(intruders)) {
        if (browser.cookie) assert.equal(await soon(() => browser.ask('GET', '/api/me/'), 401), 401)
        const { access } = token.body
        if (access) assert.equal(await soon(() => bearer(by(0), access)('GET', '/api/me/'), 401), 401)
      }
      const living = `SELECT count(*)::int AS n FROM sessions s JOIN people p ON p.id = s.person_id
        WHERE p.id = $1 AND s.generation = p.generation`
      assert.deepEqual(await rows(living, [id]), [{ n: 1 }])
    }
  })
})
