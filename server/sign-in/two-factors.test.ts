import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { type Ask, asker } from '../test/support/http.ts'
import { bearer, browse, codeAt, getToken, makePerson, password, soon } from '../test/support/people.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let database: TestDatabase
let servers: [TestServer, TestServer]
let clock = 0
let made = 0
const now = () => new Date(Date.now() + clock)

before(async () => {
  database = await createTestDatabase()
  const options = { database, now, config: { trustProxy: true } }
  servers = [await startTestServer(options), await startTestServer(options)]
})
after(async () => {
  for (const server of servers) await server.close()
  await database.drop()
})

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const by = (at: number) => servers[at % 2] as TestServer
const rows = async <T>(text: string, values: unknown[] = []) =>
  (await by(0).ctx.db.pool.query(text, values)).rows as T[]
/** The next code of the app: time goes on to the next step first, as each step is good once. */
const nextCode = (secret: string) => {
  clock += 30_000
  return codeAt(secret, now())
}
const asAdmin = async () => {
  const { username } = await makePerson(by(0), `admin-${++made}`, 'admin')
  return bearer(by(0), (await getToken(by(0), { username })).body.access)
}

/** Somebody with an app; its secret and recovery codes. */
async function enrolled(role: 'dispatcher' | 'supervisor' | 'admin' = 'supervisor') {
  const person = await makePerson(by(0), `two-${++made}`, role)
  const { ask } = await browse(by(0), { username: person.username })
  const begun = await ask('POST', '/api/auth/totp/', { password })
  assert.equal(begun.status, 200, JSON.stringify(begun.body))
  const { secret } = begun.body
  const confirmed = await ask('POST', '/api/auth/totp/confirm/', { code: codeAt(secret, now()) })
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body))
  return { ...person, ask, secret: secret as string, codes: confirmed.body.recovery_codes as string[] }
}

describe('setting up an app', () => {
  test('takes the password, then a code; the secret is sealed, the recovery codes are no text', async () => {
    const { id, username } = await makePerson(by(0), `new-${++made}`, 'admin')
    const { ask } = await browse(by(0), { username })
    const refused = await ask('POST', '/api/auth/totp/', { password: 'not the password' })
    assert.deepEqual([refused.status, refused.body.password], [400, ['Is wrong.']])
    assert.equal((await ask('POST', '/api/auth/totp/confirm/', { code: '123456' })).status, 409)
    const begun = await ask('POST', '/api/auth/totp/', { password })
    const { secret, uri } = begun.body
    assert.ok(uri.startsWith(`otpauth://totp/Toneout:${username}?`) && uri.includes(secret))
    assert.equal((await getToken(by(1), { username })).status, 200, 'nothing is asked for yet')
    const right = codeAt(secret, now())
    const other = right === '000000' ? '000001' : '000000'
    const mistyped = await ask('POST', '/api/auth/totp/confirm/', { code: other })
    assert.deepEqual([mistyped.status, mistyped.body.detail], [400, 'The code is wrong.'])
    const { status, body } = await ask('POST', '/api/auth/totp/confirm/', { code: right })
    assert.deepEqual([status, new Set(body.recovery_codes).size], [200, 10])
    assert.equal((await ask('GET', '/api/me/')).body.second_factor.enrolled, true)
    for (const [path, sent] of [
      ['', { password }],
      ['confirm/', { code: right }],
    ] as const) {
      const again = await ask('POST', `/api/auth/totp/${path}`, sent)
      assert.deepEqual([again.status, again.body.code], [409, 'second_factor_exists'])
    }
    const stored = await rows<{ secret: Buffer; recovery_hashes: Buffer[] }>(
      'SELECT secret, recovery_hashes FROM second_factors WHERE person_id = $1',
      [id],
    )
    const text = [stored[0]?.secret, ...(stored[0]?.recovery_hashes ?? [])].map(String).join()
    assert.equal(stored[0]?.recovery_hashes.length, 10)
    for (const plain of [secret, ...body.recovery_codes]) assert.ok(!text.includes(plain))
    const facts = await rows<{ type: string }>('SELECT type FROM facts WHERE actor_id = $1 ORDER BY id', [id])
    assert.deepEqual(facts.at(-1), { type: 'second_factor_added' })
  })
})

test('what began with the password alone ends when the app is confirmed', async () => {
  const { username } = await makePerson(by(0), `before-${++made}`, 'supervisor')
  const given = (await getToken(by(0), { username })).body
  const elsewhere = await browse(by(1), { username })
  const { ask } = await browse(by(0), { username })
  const { secret } = (await ask('POST', '/api/auth/totp/', { password })).body
  const confirmed = await ask('POST', '/api/auth/totp/confirm/', { code: codeAt(secret, now()) })
  assert.equal(confirmed.status, 200)
  assert.equal((await ask('GET', '/api/me/')).status, 200)
  const renewed = await asker(by(0).baseUrl, {})('POST', '/api/token/refresh/', { refresh: given.refresh })
  assert.equal(renewed.status, 401, 'nor is it made longer')
  assert.equal(await soon(() => bearer(by(1), given.access)('GET', '/api/me/'), 401), 401)
  assert.equal(await soon(() => elsewhere.ask('GET', '/api/me/'), 401), 401)
})

describe('signing in with an app', () => {
  test('the right password alone is told so; a wrong code is told as a wrong password', async () => {
    const { username, secret } = await enrolled()
    const alone = await getToken(by(1), { username })
    assert.deepEqual([alone.status, alone.body.code], [401, 'second_factor_required'])
    const wrongPassword = await getToken(by(1), { username, password: 'not the password', code: '000000' })
    const code = nextCode(secret)
    const wrongCode = await getToken(by(1), { username, code: code === '000000' ? '000001' : '000000' })
    assert.deepEqual([wrongCode.status, wrongCode.body], [401, wrongPassword.body])
    const { answer, ask } = await browse(by(1), { username, code })
    assert.deepEqual([answer.status, answer.body.second_factor.enrolled], [200, true])
    assert.equal((await ask('GET', '/api/me/')).status, 200)
  })

  test('guessing codes blocks like guessing passwords, whatever is asked without one between', async () => {
    const { username, secret } = await enrolled()
    const code = nextCode(secret)
    const bad = code === '000000' ? '000001' : '000000'
    for (const at of range(5)) {
      assert.equal((await getToken(by(at), { username, code: bad })).status, 401)
      if (at < 4) assert.equal((await getToken(by(at), { username })).status, 401)
    }
    assert.equal((await getToken(by(0), { username, code })).status, 429)
  })

  test('a code is good once, also for many at the same instant on two processes', async () => {
    const { username, secret } = await enrolled()
    const code = nextCode(secret)
    const replies = await Promise.all(range(4).map((at) => getToken(by(at), { username, code })))
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 401, 401, 401])
  })

  test('a recovery code is good once, also for many at the same instant', async () => {
    const { id, username, codes } = await enrolled()
    const [first = '', second = ''] = codes
    const replies = await Promise.all(range(4).map((at) => getToken(by(at), { username, code: first })))
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 401, 401, 401])
    const sloppy = second.toUpperCase().replace('-', ' ')
    assert.equal((await getToken(by(1), { username, code: sloppy })).status, 200)
    const left = 'SELECT cardinality(recovery_hashes) AS n FROM second_factors WHERE person_id = $1'
    assert.deepEqual(await rows(left, [id]), [{ n: 8 }])
  })
})

describe('new recovery codes', () => {
  const renew = (ask: Ask, code: string, word = password) =>
    ask('POST', '/api/auth/totp/recovery-codes/', { password: word, code })

  test('take password and code, end the old ones, and are on the record', async () => {
    const { id, username, secret, ask, codes } = await enrolled()
    const noPassword = await renew(ask, codes[0] as string, 'not the password')
    assert.deepEqual([noPassword.status, noPassword.body.password], [400, ['Is wrong.']])
    assert.equal((await renew(ask, 'not-a-code')).status, 400)
    const { status, body } = await renew(ask, nextCode(secret))
    const fresh = body.recovery_codes as string[]
    assert.deepEqual([status, new Set([...fresh, ...codes]).size], [200, 20])
    assert.equal((await getToken(by(1), { username, code: codes[1] as string })).status, 401)
    assert.equal((await getToken(by(1), { username, code: fresh[0] as string })).status, 200)
    const facts = await rows('SELECT type, data FROM facts WHERE actor_id = $1 ORDER BY id', [id])
    assert.deepEqual(facts.slice(-2), [
      { type: 'recovery_codes_replaced', data: {} },
      { type: 'person_signed_in', data: { token: true } },
    ])
  })

  test('are for who has an app', async () => {
    const { username } = await makePerson(by(0), `none-${++made}`, 'supervisor')
    const { ask } = await browse(by(0), { username })
    const { status, body } = await renew(ask, '000000')
    assert.deepEqual([status, body.code], [409, 'second_factor_missing'])
  })

  test('the list of people tells who has an app, and never a code', async () => {
    const { id, ask } = await enrolled()
    const { id: other } = await makePerson(by(0), `without-${++made}`, 'dispatcher')
    for (const [one, has] of [
      [id, true],
      [other, false],
    ] as const) {
      assert.equal((await ask('GET', `/api/people/${one}/`)).body.second_factor, has)
    }
    const { results } = (await ask('GET', '/api/people/?search=without-')).body
    assert.deepEqual(
      results.map((one: { second_factor: boolean }) => one.second_factor),
      [false],
    )
  })
})

describe('losing an app', () => {
  const remove = (ask: Ask, code: string, word = password) =>
    ask('POST', '/api/auth/totp/remove/', { password: word, code })

  test('the owner gives it up with password and code', async () => {
    const { username, secret, ask, codes } = await enrolled()
    const noPassword = await remove(ask, codes[0] as string, 'not the password')
    assert.deepEqual([noPassword.status, noPassword.body.password], [400, ['Is wrong.']])
    assert.equal((await remove(ask, 'not-a-code')).status, 400)
    assert.equal((await remove(ask, nextCode(secret))).status, 204)
    assert.equal((await getToken(by(1), { username })).status, 200)
    assert.equal((await remove(ask, codes[0] as string)).body.code, 'second_factor_missing')
  })

  test('an admin takes it away: sessions and tokens end, the own one stays', async () => {
    const { id, username, secret, ask } = await enrolled()
    const { access } = (await getToken(by(1), { username, code: nextCode(secret) })).body
    const reset = (asker: Ask, whose: number) => asker('POST', `/api/people/${whose}/totp-reset/`)
    const { id: chiefId, ask: chief } = await enrolled('admin')
    assert.equal((await reset(ask, id)).status, 403, 'a supervisor may not')
    assert.equal((await reset(chief, chiefId)).body.code, 'own_account')
    assert.equal((await reset(chief, 999_999)).status, 404)
    assert.equal((await reset(await asAdmin(), id)).status, 204)
    assert.equal((await reset(chief, id)).body.code, 'second_factor_missing')
    assert.equal(await soon(() => bearer(by(1), access)('GET', '/api/me/'), 401), 401)
    assert.equal(await soon(() => ask('GET', '/api/me/'), 401), 401)
    assert.equal((await getToken(by(0), { username })).status, 200)
    const facts = await rows("SELECT data FROM facts WHERE type = 'second_factor_reset'")
    assert.deepEqual(facts, [{ data: { person_id: id } }])
  })
})
