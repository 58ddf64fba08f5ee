import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { decodeJwt, SignJWT } from 'jose'
import { sha256 } from '../../lib/crypto.ts'
import { asker } from '../support/http.ts'
import { soon } from '../support/people.ts'
import { signingSecret } from '../support/test-server.ts'
import { type Cast, cookieOf, enter, fingerprint, fromAnywhere, type Headers, openCast } from './cast.ts'

const limit = { timeout: 120_000 }

let cast: Cast
/** The good access token of the admin, and what it says. */
let good: string
let claims: Record<string, unknown>

before(async () => {
  cast = await openCast()
  good = (await enter(cast.server, 'a-admin', 'token')).authorization?.split(' ')[1] as string
  claims = decodeJwt(good)
})
after(() => cast.close())

const me = (headers: Headers) =>
  asker(cast.server.baseUrl, { ...headers, ...fromAnywhere() })('GET', '/api/me/')
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const key = Buffer.from(sha256(`toneout jwt ${signingSecret}`), 'hex')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
type Signer = Parameters<SignJWT['sign']>[0]
const sign = (header: { alg: string } & Record<string, unknown>, more: object, by: Signer = key) =>
  new SignJWT({ ...claims, ...more }).setProtectedHeader(header).sign(by)
const parts = () => good.split('.') as [string, string, string]
const now = () => Math.floor(Date.now() / 1_000)

/** Each differs from a good token in one thing; the first shows that the way to make them is right. */
const forgeries: [what: string, token: () => string | Promise<string>][] = [
  ['alg none', () => `${base64({ alg: 'none' })}.${parts()[1]}.`],
  ['alg none with the signature of another', () => `${base64({ alg: 'none' })}.${parts()[1]}.${parts()[2]}`],
  ['alg NonE', () => `${base64({ alg: 'NonE' })}.${parts()[1]}.x`],
  ['HS384 with the right key', () => sign({ alg: 'HS384' }, {})],
  ['HS512 with the right key', () => sign({ alg: 'HS512' }, {})],
  ['RS256 by a key of its own', () => sign({ alg: 'RS256' }, {}, rsa.privateKey)],
  [
    'RS256 by a key it brings along',
    () => sign({ alg: 'RS256', jwk: rsa.publicKey.export({ format: 'jwk' }) }, {}, rsa.privateKey),
  ],
  ['HS256 by another key', () => sign({ alg: 'HS256' }, {}, Buffer.alloc(32))],
  ['HS256 by the secret itself', () => sign({ alg: 'HS256' }, {}, Buffer.from(signingSecret))],
  ['a path as its key', () => sign({ alg: 'HS256', kid: '../../dev/null' }, {}, Buffer.alloc(32))],
  [
    'an extension nobody knows',
    () => {
      const signed = `${base64({ alg: 'HS256', crit: ['x'], x: 1 })}.${base64(claims)}`
      return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
    },
  ],
  ['expired', () => sign({ alg: 'HS256' }, { exp: now() - 1 })],
  ['without an end', () => sign({ alg: 'HS256' }, { exp: undefined })],
  ['not yet good', () => sign({ alg: 'HS256' }, { nbf: now() + 600 })],
  ['for another audience', () => sign({ alg: 'HS256' }, { aud: 'somebody' })],
  ['for refreshing', () => sign({ alg: 'HS256' }, { aud: 'refresh' })],
  ['by another issuer', () => sign({ alg: 'HS256' }, { iss: 'somebody' })],
  ['of nobody', () => sign({ alg: 'HS256' }, { sub: undefined })],
  ['of a person who is not there', () => sign({ alg: 'HS256' }, { sub: '999999999' })],
  ['of a person by SQL', () => sign({ alg: 'HS256' }, { sub: '1 OR 1=1' })],
  ['of a number too large', () => sign({ alg: 'HS256' }, { sub: '99999999999999999999999' })],
  [
    'with another person in it',
    () => {
      const [head, , signature] = parts()
      return `${head}.${base64({ ...claims, sub: String(cast.people.supervisor.id) })}.${signature}`
    },
  ],
  ['with a signature cut short', () => good.slice(0, -4)],
  ['with nothing signed', () => `${parts()[0]}..${parts()[2]}`],
]

describe('a token', limit, () => {
  test('made the same way as the forgeries but for nothing wrong is let in', async () => {
    const { status, body } = await me({ authorization: `Bearer ${await sign({ alg: 'HS256' }, {})}` })
    assert.deepEqual([status, body.username], [200, 'a-admin'])
  })
  for (const [what, token] of forgeries) {
    test(`${what} is refused, and says no more than any other`, async () => {
      const forged = await token()
      for (const scheme of ['Bearer', 'Token']) {
        const { status, body } = await me({ authorization: `${scheme} ${forged}` })
        const detail = 'Credentials are missing, wrong or expired.'
        assert.deepEqual([status, body], [401, { code: 'not_authenticated', detail }])
      }
    })
  }

  test('in a place where none belongs is not looked at', async () => {
    const ask = asker(cast.server.baseUrl, fromAnywhere())
    for (const name of ['access_token', 'token', 'key', 'api_key', 'jwt']) {
      assert.equal((await ask('GET', `/api/me/?${name}=${good}`)).status, 401, name)
      assert.equal((await me({ cookie: `${name}=${good}` })).status, 401, name)
    }
    assert.equal((await me({ cookie: `toneout_session=${good}` })).status, 401)
  })

  test('that is bad is not made good by a key or a session beside it', async () => {
    const cookie = await cookieOf(cast.server, 'a-admin', fromAnywhere())
    const bad = { authorization: 'Bearer nonsense' }
    assert.equal((await me({ ...bad, cookie })).status, 401)
    const calls = asker(cast.server.baseUrl, { ...bad, 'x-api-key': cast.keys.reader })
    assert.equal((await calls('GET', '/api/calls/')).status, 401)
  })
})

describe('a session', limit, () => {
  const sid = 'CA-by-cookie'
  const open = (headers: Headers) =>
    asker(cast.server.baseUrl, headers)('POST', '/api/calls/', { call_sid: sid, caller_number: '1' })

  test('reads from anywhere and changes only from a page of ours', async () => {
    const cookie = await cookieOf(cast.server, 'a-dispatcher', fromAnywhere())
    const own = cast.server.baseUrl
    const before = await fingerprint(cast, ['sessions'])
    const foreign: Headers[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${own}.evil.example` },
      { origin: own.replace('127.0.0.1', 'localhost') },
      { origin: own.replace('http:', 'https:') },
      { origin: own, 'sec-fetch-site': 'cross-site' },
      { origin: own, 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example', host: new URL(own).host },
    ]
    for (const headers of foreign) {
      const { status, body } = await open({ cookie, ...headers })
      assert.deepEqual([status, body.code], [403, 'forbidden'], JSON.stringify(headers))
      assert.equal((await me({ cookie, ...headers })).status, 200)
    }
    assert.deepEqual(await fingerprint(cast, ['sessions']), before)
    assert.equal((await open({ cookie, origin: own })).status, 201)
    // Browsers send one of the two with every such request; what sends neither is a program.
    assert.equal((await open({ cookie })).status, 200)
  })

  test('of somebody who was shut out ends with the next request', async () => {
    const { query, people } = cast
    const cookie = await cookieOf(cast.server, 'a-analyst', fromAnywhere())
    assert.equal((await me({ cookie })).status, 200)
    const path = `/api/people/${people.analyst.id}/`
    assert.equal((await people.admin.ask('PATCH', path, { active: false })).status, 200)
    assert.equal(await soon(() => me({ cookie }), 401), 401)
    assert.deepEqual(await query('SELECT 1 FROM sessions WHERE person_id = $1', [people.analyst.id]), [])
    assert.equal((await people.admin.ask('PATCH', path, { active: true })).status, 200)
    assert.equal((await me({ cookie })).status, 401)
  })

  test('is not the one somebody brings along to sign in with', async () => {
    const planted = `toneout_session=${'p'.repeat(43)}`
    const cookie = await cookieOf(cast.server, 'a-dispatcher', { ...fromAnywhere(), cookie: planted })
    assert.notEqual(cookie, planted)
    assert.equal((await me({ cookie: planted })).status, 401)
  })
})

test('wrong passwords, unknown names and people shut out are told alike', limit, async () => {
  const ask = (username: string, password: string) =>
    asker(cast.server.baseUrl, fromAnywhere())('POST', '/api/token/', { username, password })
  const answers = [
    await ask('a-admin', 'not the password at all'),
    await ask('nobody-of-that-name', 'not the password at all'),
    await ask('gone', 'password of gone'),
    await ask("a-admin' --", 'password of a-admin'),
    await ask('a-admin\n', 'not the password at all'),
  ]
  for (const { status, body } of answers) assert.deepEqual([status, body], [401, answers[0]?.body])
})
