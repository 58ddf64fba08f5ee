import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { asker, type Seen } from '../test/support/http.ts'
import { soon } from '../test/support/people.ts'
import { hashQuickly } from '../test/support/quick-password.ts'
import { makeKey, startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let clock = 0

before(async () => {
  server = await startTestServer({ now: () => new Date(Date.now() + clock) })
})
after(() => server.close())

const list = (headers: Record<string, string>) => asker(server.baseUrl, headers)('GET', '/api/calls/')
const json = (path: string, body: object, headers: Record<string, string> = {}): Promise<Seen> =>
  asker(server.baseUrl, headers)('POST', path, body)
const signedUp = () => ({ username: server.username, password: server.password })

describe('a key', () => {
  const forms: [string, (key: string) => Record<string, string>][] = [
    ['Bearer', (key) => ({ authorization: `Bearer ${key}` })],
    ['Token', (key) => ({ authorization: `Token ${key}` })],
    ['lower-case scheme', (key) => ({ authorization: `bearer ${key}` })],
    ['X-API-Key', (key) => ({ 'x-api-key': key })],
  ]
  for (const [name, form] of forms) {
    test(`as ${name}`, async () => assert.equal((await list(form(server.key))).status, 200))
    test(`wrong as ${name}`, async () => {
      const { status, body, headers } = await list(form('tone_wrong'))
      assert.deepEqual([status, body.code], [401, 'not_authenticated'])
      assert.match(headers.get('www-authenticate') ?? '', /^Bearer/)
    })
  }

  const wrong: Record<string, string>[] = [
    {},
    { authorization: '' },
    { authorization: 'Bearer' },
    { authorization: 'Basic YTpi' },
    { 'x-api-key': '' },
    { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.x' },
  ]
  for (const headers of wrong) {
    test(`refused: ${JSON.stringify(headers)}`, async () => assert.equal((await list(headers)).status, 401))
  }

  test('expired is refused, also when it was used before', async () => {
    const expires_at = new Date(Date.now() + 60_000).toISOString()
    const key = await makeKey(server.ctx, 'reader', { expires_at })
    assert.equal((await list({ 'x-api-key': key })).status, 200)
    clock = 61_000
    assert.equal((await list({ 'x-api-key': key })).status, 401)
    clock = 0
  })

  test('revoked is refused as soon as it is told of', async () => {
    const key = await makeKey(server.ctx, 'reader')
    assert.equal((await list({ 'x-api-key': key })).status, 200)
    const { pool } = server.ctx.db
    await pool.query(`UPDATE api_keys SET revoked_at = now() WHERE id = (SELECT max(id) FROM api_keys)`)
    await pool.query(`SELECT pg_notify('access', '')`)
    assert.equal(await soon(() => list({ 'x-api-key': key }), 401), 401)
  })

  test('may do only what its role may', async () => {
    const body = { call_sid: 'r1', caller_number: '+1' }
    const { status, body: refusal } = await json('/api/calls/', body, { 'x-api-key': server.readerKey })
    assert.deepEqual([status, refusal.code], [403, 'forbidden'])
    const gateway = await makeKey(server.ctx, 'unit_gateway')
    assert.equal((await list({ 'x-api-key': gateway })).status, 403)
  })

  test('over its own rate is 429 with Retry-After; other keys go on', async () => {
    const key = await makeKey(server.ctx, 'reader', { rate_limit_per_minute: 3 })
    const replies: Seen[] = []
    for (let at = 0; at < 5; at += 1) replies.push(await list({ 'x-api-key': key }))
    assert.deepEqual(
      replies.map((reply) => reply.status),
      [200, 200, 200, 429, 429],
    )
    assert.equal(replies[4]?.body.code, 'rate_limited')
    assert.ok(Number(replies[4]?.headers.get('retry-after')) > 0)
    assert.equal((await list({ 'x-api-key': server.readerKey })).status, 200)
  })
})

describe('a JWT pair', () => {
  test('login, use, refresh, use again after the access token expired', async () => {
    const { status, body } = await json('/api/token/', signedUp())
    assert.equal(status, 200)
    assert.deepEqual(Object.keys(body).sort(), ['access', 'refresh'])
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
    assert.equal((await list(bearer(body.access))).status, 200)
    clock = 3_601_000
    assert.equal((await list(bearer(body.access))).status, 401)
    const fresh = await json('/api/token/refresh/', { refresh: body.refresh })
    assert.equal(fresh.status, 200)
    assert.equal((await list(bearer(fresh.body.access))).status, 200)
    clock = 86_401_000
    assert.equal((await json('/api/token/refresh/', { refresh: body.refresh })).status, 401)
    clock = 0
  })

  test('neither token stands in for the other, nor one signed by somebody else', async () => {
    const { body } = await json('/api/token', signedUp())
    assert.equal((await list({ authorization: `Bearer ${body.refresh}` })).status, 401)
    assert.equal((await json('/api/token/refresh/', { refresh: body.access })).status, 401)
    const forged = `${body.access.slice(0, -6)}AAAAAA`
    assert.equal((await list({ authorization: `Bearer ${forged}` })).status, 401)
  })

  test('wrong password and unknown name are told alike; missing parts by name', async () => {
    const wrong = await json('/api/token/', { ...signedUp(), password: 'not the password' })
    const unknown = await json('/api/token/', { username: 'nobody', password: 'not the password' })
    assert.deepEqual([wrong.status, wrong.body], [401, unknown.body])
    const { status, body } = await json('/api/token/', {})
    assert.equal(status, 400)
    assert.ok(body.username && body.password)
  })

  test('a person shut out is out at once', async () => {
    const { body } = await json('/api/token/', signedUp())
    const bearer = { authorization: `Bearer ${body.access}` }
    assert.equal((await list(bearer)).status, 200)
    const set = (active: boolean) =>
      server.ctx.db.pool.query(
        `WITH done AS (UPDATE people SET active = ${active} RETURNING 1)
        SELECT pg_notify('access', '') FROM done`,
      )
    await set(false)
    assert.equal(await soon(() => list(bearer), 401), 401)
    assert.equal((await json('/api/token/refresh/', { refresh: body.refresh })).status, 401)
    await set(true)
  })
})

describe('a session', () => {
  const cookieOf = (seen: Seen) => (seen.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

  test('sign in, read who I am, sign out', async () => {
    const signed = await json('/api/auth/sign-in/', signedUp())
    assert.deepEqual([signed.status, signed.body.username, signed.body.role], [200, server.username, 'admin'])
    assert.match(signed.headers.get('set-cookie') ?? '', /HttpOnly.*SameSite=Strict/i)
    const cookie = cookieOf(signed)
    const ask = asker(server.baseUrl, { cookie })
    assert.equal((await ask('GET', '/api/me/')).body.username, server.username)
    assert.equal((await ask('POST', '/api/auth/sign-out/')).status, 204)
    assert.equal(await soon(() => ask('GET', '/api/me/'), 401), 401)
  })

  test('a page of somebody else can neither sign in nor write with the cookie', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    const cookie = cookieOf(await json('/api/auth/sign-in/', signedUp()))
    const body = { call_sid: 's1', caller_number: '+1' }
    for (const headers of foreign) {
      assert.equal((await json('/api/auth/sign-in/', signedUp(), headers)).status, 403)
      assert.equal((await json('/api/calls/', body, { cookie, ...headers })).status, 403)
    }
    assert.equal((await json('/api/calls/', body, { cookie, origin: server.baseUrl })).status, 201)
  })

  test('the token is stored only as a hash', async () => {
    const cookie = cookieOf(await json('/api/auth/sign-in/', signedUp()))
    const token = cookie.split('=')[1] ?? ''
    const { rows } = await server.ctx.db.pool.query(
      `SELECT encode(token_hash, 'escape') AS hash FROM sessions`,
    )
    assert.ok(token.length >= 43 && rows.length > 0 && !JSON.stringify(rows).includes(token))
  })
})

test('from one network 100 sign-ins a minute may fail, whatever the names', async () => {
  // All within one minute, however long it takes.
  const at = new Date()
  const own = await startTestServer({ now: () => at })
  const ask = asker(own.baseUrl, {})
  // Half of the names are somebody's.
  await own.ctx.db.pool.query(
    `INSERT INTO people (username, password_hash, role, created_at)
      SELECT 'name-' || n, $1, 'analyst', $2 FROM generate_series(0, 98, 2) n`,
    [hashQuickly('another password'), at],
  )
  const wrong = (each: number) => ({ username: `name-${each}`, password: 'x'.repeat(12) })
  const replies = await Promise.all(
    Array.from({ length: 110 }, (_, each) => ask('POST', '/api/token/', wrong(each))),
  )
  await own.close()
  const count = (status: number) => replies.filter((reply) => reply.status === status).length
  assert.deepEqual([count(401), count(429)], [100, 10])
})
