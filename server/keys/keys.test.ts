import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Key, NewKey } from '@toneout/contract/model/key.ts'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { makeKey, startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let admin: Ask
let made = 0
let clock = 0

before(async () => {
  server = await startTestServer({ now: () => new Date(Date.now() + clock) })
  admin = (await signIn(server, 'keeper', 'admin')).ask
})
after(() => server.close())

const rows = async <T>(text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows as T[]
const path = (id: number, way = '') => `/api/keys/${id}/${way}`
const inHours = (hours: number) => new Date(Date.now() + clock + hours * 3_600_000).toISOString()

async function make(more: object = {}): Promise<NewKey> {
  const { status, body } = await admin('POST', '/api/keys/', {
    name: `key ${++made}`,
    role: 'reader',
    ...more,
  })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}
const statusOf = async (key: string) => (await withKey(server.baseUrl, key)('GET', '/api/calls/')).status
const factsOf = (id: number) =>
  rows<{ type: string; actor_name: string; data: object }>(
    `SELECT type, actor_name, data FROM facts WHERE data->>'key_id' = $1::text ORDER BY id`,
    [id],
  )
async function soon<T>(ask: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  const end = performance.now() + 15_000
  for (;;) {
    const seen = await ask()
    if (holds(seen) || performance.now() > end) return seen
  }
}

describe('a key', () => {
  test('is made, works, and is shown this once', async () => {
    const expires_at = inHours(1)
    const given = { expires_at, rate_limit_per_second: 50, rate_limit_per_minute: 900 }
    const { key, ...shown } = await make({ name: '  Radio gateway ', role: ' READER', ...given })
    assert.match(key, /^tone_[\w-]{43}$/)
    const { id, created_at, ...rest } = shown
    const never = { last_used_at: null, revoked_at: null, revoked_by: null }
    assert.deepEqual(rest, {
      name: 'Radio gateway',
      role: 'reader',
      ...given,
      created_by: 'keeper',
      ...never,
    })
    assert.deepEqual((await admin('GET', path(id))).body, shown)
    assert.equal(await statusOf(key), 200)
    const stored = JSON.stringify(await rows('SELECT * FROM api_keys'))
    const told = JSON.stringify(await rows('SELECT * FROM facts'))
    const list = JSON.stringify((await admin('GET', '/api/keys/')).body)
    for (const text of [stored, told, list, server.logged.join('\n')]) {
      for (const part of [key, key.slice(5), key.slice(5, 13)]) assert.ok(!text.includes(part))
    }
    const data = { key_id: id, name: 'Radio gateway', role: 'reader', ...given }
    assert.deepEqual(await factsOf(id), [{ type: 'key_made', actor_name: 'keeper', data }])
    assert.ok(Date.parse(created_at))
  })

  const bad: [string, object, string][] = [
    ['without a name', { name: '' }, 'name'],
    ['with a long name', { name: 'x'.repeat(101) }, 'name'],
    ['of a role of people', { role: 'admin' }, 'role'],
    ['that has ended', { expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    ['that ends no day', { expires_at: '2026-02-30' }, 'expires_at'],
    ['with a limit of none', { rate_limit_per_second: 0 }, 'rate_limit_per_second'],
    ['with a limit in words', { rate_limit_per_minute: '60' }, 'rate_limit_per_minute'],
    ['with a limit beyond all', { rate_limit_per_second: 100_001 }, 'rate_limit_per_second'],
    ['that is given', { key: 'tone_mine' }, 'key'],
  ]
  for (const [name, more, field] of bad) {
    test(`is refused ${name}`, async () => {
      const { status, body } = await admin('POST', '/api/keys/', { name: 'bad', role: 'reader', ...more })
      assert.deepEqual([status, body.code, Array.isArray(body[field])], [400, 'invalid', true])
    })
  }

  test('is changed on the way, with what was before; nothing new is no change', async () => {
    const { id, key } = await make({ name: 'Wall' })
    const change = { name: 'Wall board', rate_limit_per_minute: 2, expires_at: inHours(1) }
    const { status, body } = await admin('PATCH', path(id), change)
    assert.deepEqual([status, { ...body, ...change }], [200, body])
    await admin('PATCH', path(id), change)
    const facts = await factsOf(id)
    const changes = {
      name: { from: 'Wall', to: 'Wall board' },
      rate_limit_per_minute: { from: null, to: 2 },
      expires_at: { from: null, to: change.expires_at },
    }
    assert.deepEqual(facts.slice(1), [
      { type: 'key_changed', actor_name: 'keeper', data: { key_id: id, changes } },
    ])
    assert.equal(
      await soon(
        () => statusOf(key),
        (seen) => seen === 429,
      ),
      429,
    )
    for (const wrong of [{ role: 'ai_dispatcher' }, { expires_at: '2020-01-01' }, { key_hash: '' }]) {
      assert.equal((await admin('PATCH', path(id), wrong)).status, 400)
    }
  })

  test('is revoked once, works no more and cannot be changed', async () => {
    const { id, key } = await make()
    assert.equal(await statusOf(key), 200)
    const { status, body } = await admin('POST', path(id, 'revoke/'))
    assert.deepEqual([status, body.revoked_by, body.revoked_at !== null], [200, 'keeper', true])
    assert.deepEqual((await admin('POST', path(id, 'revoke/'))).body, body)
    assert.equal(
      await soon(
        () => statusOf(key),
        (seen) => seen === 401,
      ),
      401,
    )
    const refused = await admin('PATCH', path(id), { name: 'again' })
    assert.deepEqual([refused.status, refused.body.code], [409, 'key_revoked'])
    const types = (await factsOf(id)).map((fact) => fact.type)
    assert.deepEqual(types, ['key_made', 'key_revoked'])
  })

  test('tells when it was last used, at most once a minute', async () => {
    const { id, key } = await make()
    const lastUse = async () => (await admin('GET', path(id))).body.last_used_at as string | null
    assert.equal(await lastUse(), null)
    await statusOf(key)
    const first = await soon(lastUse, (seen) => seen !== null)
    assert.ok(first !== null)
    // As if looked up anew, half a minute and then more than a minute later.
    clock = 30_000
    await rows("SELECT pg_notify('access', '')")
    for (let at = 0; at < 20; at += 1) await statusOf(key)
    assert.equal(await lastUse(), first)
    clock = 61_000
    const later = await soon(
      async () => {
        await rows("SELECT pg_notify('access', '')")
        await statusOf(key)
        return lastUse()
      },
      (seen) => seen !== first,
    )
    assert.ok(Date.parse(later as string) - Date.parse(first) >= 60_000)
    clock = 0
  })

  test('nobody but admins sees or makes keys; unknown ones are 404', async () => {
    const { id } = await make()
    const chief = (await signIn(server, 'chief', 'supervisor')).ask
    for (const ask of [
      chief,
      withKey(server.baseUrl, server.key),
      withKey(server.baseUrl, server.readerKey),
    ]) {
      assert.equal((await ask('GET', '/api/keys/')).status, 403)
      assert.equal((await ask('POST', '/api/keys/', { name: 'mine', role: 'reader' })).status, 403)
      assert.equal((await ask('POST', path(id, 'revoke/'))).status, 403)
    }
    for (const [method, way] of [
      ['GET', ''],
      ['PATCH', ''],
      ['POST', 'revoke/'],
    ] as const) {
      const body = method === 'PATCH' ? { name: 'x' } : undefined
      assert.equal((await admin(method, path(987_654, way), body)).status, 404)
    }
  })
})

describe('names of keys in use', () => {
  test('are given once, in any letter case; a revoked or ended key leaves its name', async () => {
    const { id } = await make({ name: 'Twin' })
    const refused = await admin('POST', '/api/keys/', { name: 'TWIN ', role: 'unit_gateway' })
    assert.deepEqual([refused.status, refused.body.code], [409, 'name_taken'])
    assert.ok(refused.body.name)
    const other = await make()
    assert.equal((await admin('PATCH', path(other.id), { name: 'twin' })).status, 409)
    await admin('POST', path(id, 'revoke/'))
    assert.equal((await admin('PATCH', path(other.id), { name: 'twin' })).status, 200)
    const short = await make({ name: 'Short', expires_at: inHours(0.01) })
    clock = 60_000
    const heir = await make({ name: 'Short' })
    const back = await admin('PATCH', path(short.id), { expires_at: null })
    assert.deepEqual([back.status, back.body.code], [409, 'name_taken'])
    await admin('POST', path(heir.id, 'revoke/'))
    assert.equal((await admin('PATCH', path(short.id), { expires_at: null })).status, 200)
    clock = 0
  })

  test('of an older version stay as they are, and their keys can be changed', async () => {
    for (let at = 0; at < 2; at += 1) await makeKey(server.ctx, 'unit_gateway')
    const { results } = (await admin('GET', '/api/keys/?role=unit_gateway')).body as { results: Key[] }
    const [one] = results.filter(({ name }) => name === 'test unit_gateway') as [Key]
    assert.equal(results.length >= 2, true)
    const { status, body } = await admin('PATCH', path(one.id), { rate_limit_per_second: 7 })
    assert.deepEqual([status, body.rate_limit_per_second], [200, 7])
  })
})

test('keys are listed newest first, by role, state and name, in pages', async () => {
  const named = async (name: string, role: string) => (await make({ name: `List ${name}`, role })).id
  const ids = [await named('a', 'reader'), await named('b_%', 'unit_gateway'), await named('c', 'reader')]
  await admin('POST', path(ids[2] as number, 'revoke/'))
  const list = async (query: string) => (await admin('GET', `/api/keys/?search=list&${query}`)).body
  const idsOf = (page: { results: Key[] }) => page.results.map(({ id }) => id)
  const cases: [string, number[]][] = [
    ['', [2, 1, 0]],
    ['role=reader', [2, 0]],
    ['revoked=true', [2]],
    ['revoked=false', [1, 0]],
    ['role=READER&revoked=false', [0]],
  ]
  for (const [query, wanted] of cases) {
    const page = await list(query)
    assert.deepEqual([page.count, idsOf(page)], [wanted.length, wanted.map((at) => ids[at])])
  }
  assert.deepEqual(idsOf((await admin('GET', '/api/keys/?search=b_%25')).body), [ids[1]])
  const first = await list('page_size=2')
  assert.deepEqual([first.count, first.count_exact, first.previous], [3, true, null])
  const second = (await admin('GET', first.next.slice(server.baseUrl.length))).body
  assert.deepEqual([idsOf(second), second.next], [[ids[0]], null])
  for (const wrong of ['cursor=x', 'role=admin', 'page_size=201', 'colour=red', 'revoked=perhaps']) {
    assert.equal((await admin('GET', `/api/keys/?${wrong}`)).status, 400, wrong)
  }
})
