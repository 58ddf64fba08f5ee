import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { insertPerson } from '../access/store.ts'
import { hashPassword } from '../lib/crypto.ts'
import { makeHospital, makeIncidents, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, asker, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let admin: Ask
let adminId: number
let chief: Ask
let made = 0
const password = 'correct horse battery'

before(async () => {
  server = await startTestServer()
  ;({ ask: admin, id: adminId } = await signIn(server, 'keeper', 'admin'))
  chief = (await signIn(server, 'chief', 'supervisor')).ask
})
after(() => server.close())

const rows = async <T>(text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows as T[]
const path = (id: number, way = '') => `/api/people/${id}/${way}`
type Made = { id: number; username: string }
async function make(more: object = {}): Promise<Made> {
  const body = { username: `person-${++made}`, password, role: 'analyst', ...more }
  const answer = await admin('POST', '/api/people/', body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const tokenOf = (username: string, word = password) =>
  asker(server.baseUrl, {})('POST', '/api/token/', {
    username,
    password: word,
  })
const factsOf = (id: number) =>
  rows<{ type: string; actor_name: string; data: object }>(
    `SELECT type, actor_name, data FROM facts WHERE data->>'person_id' = $1::text ORDER BY id`,
    [id],
  )
/** Asks until the answer is that one: NOTIFY tells of it, long before a memory of 30 seconds ends. */
async function soon(ask: () => Promise<number>, wanted: number): Promise<number> {
  const end = Date.now() + 20_000
  let status = await ask()
  while (status !== wanted && Date.now() < end) status = await ask()
  return status
}

describe('a person', () => {
  test('is added, signs in, is read, and never with a password', async () => {
    const one = await make({ username: '  Ann.Lee ', role: 'DISPATCHER' })
    const { id, created_at, ...rest } = one as Made & { created_at: string }
    const account = { username: 'ann.lee', role: 'dispatcher', hospital_id: null }
    const expected = { ...account, active: true, second_factor: false }
    assert.deepEqual(rest, expected)
    assert.ok(Date.parse(created_at))
    assert.deepEqual((await chief('GET', path(id))).body, one)
    assert.equal((await tokenOf('Ann.LEE')).status, 200)
    const [fact, ...others] = await factsOf(id)
    const data = { person_id: id, ...account }
    assert.deepEqual([fact, others.length], [{ type: 'person_added', actor_name: 'keeper', data }, 0])
  })

  test('has a name that no other one looks like', async () => {
    const add = (username: string) => admin('POST', '/api/people/', { password, role: 'analyst', username })
    // Cyrillic a, dotted capital I, dotless i, a zero-width space, a blank, a combining mark, an odd start.
    for (const name of [
      '\u0430nn',
      'ADM\u0130N',
      'adm\u0131n',
      'ann\u200b',
      'ann lee',
      'anne\u0301',
      '.ann',
      'ann/b',
    ]) {
      const { status, body: told } = await add(name)
      assert.deepEqual([status, Object.keys(told).includes('username')], [400, true], name)
    }
    // Full-width letters and the Kelvin sign are plain ones in another form, and so the same person.
    assert.equal((await add('\uff2c\uff45\uff45-\u212a')).body.username, 'lee-k')
    assert.equal((await add('LEE-K')).body.code, 'username_taken')
  })

  test('whose name is older than that goes on signing in, by it alone', async () => {
    const one = 'J\u00f6rg \u0130'
    const old = { username: one, password_hash: await hashPassword(password), role: 'analyst' } as const
    await insertPerson(server.ctx.db, { ...old, created_at: '2026-01-01T00:00:00Z' })
    assert.deepEqual([(await tokenOf(one)).status, (await tokenOf('jorg i')).status], [200, 401])
  })

  test('is refused with all faults at once, none of them with the password', async () => {
    const secret = 'tooshort-4'
    const bad = { username: ' ', password: secret, role: 'boss', hospital_id: 'x', shoe: 1 }
    const { status, body } = await admin('POST', '/api/people/', bad)
    const { code: _, detail: __, ...fields } = body
    const names = ['hospital_id', 'password', 'role', 'shoe', 'username']
    assert.deepEqual([status, Object.keys(fields).sort()], [400, names])
    assert.deepEqual(fields.password, ['Must have 12 to 128 characters.'])
    const missing = (await admin('POST', '/api/people/', {})).body
    assert.ok(missing.username && missing.password && missing.role)
    assert.doesNotMatch(JSON.stringify([body, server.logged]), new RegExp(secret))
  })

  test('takes a name once, in any letter case, also at the same instant', async () => {
    const username = `Twin-${++made}`
    const names = [username, username.toLowerCase(), username.toUpperCase(), username]
    const answers = await Promise.all(
      names.map((name) => admin('POST', '/api/people/', { username: name, password, role: 'analyst' })),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409])
    const refused = answers.find(({ status }) => status === 409)?.body
    assert.deepEqual([refused.code, refused.error], ['username_taken', refused.detail])
  })

  test('of a hospital names one in use; nobody else does', async () => {
    const hospital_id = await makeHospital(server, 'Own')
    const { id } = await make({ role: 'hospital', hospital_id })
    const refuse = async (body: object) => {
      const answer = await admin('PATCH', path(id), body)
      return [answer.status, answer.body.hospital_id]
    }
    const onlyHospital = ['Only the role hospital has one.']
    assert.deepEqual(await refuse({ role: 'analyst', hospital_id }), [400, onlyHospital])
    assert.deepEqual(await refuse({ hospital_id: 999_999 }), [400, ['There is no such hospital.']])
    const gone = await makeHospital(server, 'Gone')
    await rows('UPDATE hospitals SET retired_at = now() WHERE id = $1', [gone])
    assert.deepEqual(await refuse({ hospital_id: gone }), [400, ['The hospital was taken out of use.']])
    const unfit = { username: 'unfit', password, role: 'analyst', hospital_id }
    assert.deepEqual((await admin('POST', '/api/people/', unfit)).body.hospital_id, onlyHospital)
    const moved = await admin('PATCH', path(id), { role: 'analyst' })
    assert.deepEqual([moved.body.role, moved.body.hospital_id], ['analyst', null])
  })

  test('changes with a fact that says from and to, once; the username stays', async () => {
    const { id, username } = await make()
    const change = { role: 'Supervisor' }
    const { status, body } = await admin('PATCH', path(id), change)
    assert.deepEqual([status, body.role, body.username], [200, 'supervisor', username])
    assert.deepEqual((await admin('PATCH', path(id), change)).body, body)
    assert.deepEqual((await admin('PATCH', path(id), {})).body, body)
    const data = { person_id: id, changes: { role: { from: 'analyst', to: 'supervisor' } } }
    assert.deepEqual((await factsOf(id)).slice(1), [{ type: 'person_changed', actor_name: 'keeper', data }])
    for (const name of ['username', 'password', 'id']) {
      const refused = await admin('PATCH', path(id), { [name]: 'something else' })
      assert.deepEqual([refused.status, Array.isArray(refused.body[name])], [400, true], name)
    }
    assert.equal((await admin('PATCH', path(id), { active: 'no' })).status, 400)
  })

  test('who is shut out is out at once, by token and by session', async () => {
    const { id, username } = await make()
    const { access, refresh } = (await tokenOf(username)).body
    const bearer = asker(server.baseUrl, { authorization: `Bearer ${access}` })
    const signed = await asker(server.baseUrl, {})('POST', '/api/auth/sign-in/', { username, password })
    const cookie = signed.headers.get('set-cookie')?.split(';')[0] ?? ''
    const page = asker(server.baseUrl, { cookie })
    for (const ask of [bearer, page]) assert.equal((await ask('GET', '/api/me/')).status, 200)
    assert.equal((await admin('PATCH', path(id), { active: false })).body.active, false)
    for (const ask of [bearer, page]) {
      assert.equal(await soon(async () => (await ask('GET', '/api/me/')).status, 401), 401)
    }
    const anew = await asker(server.baseUrl, {})('POST', '/api/token/refresh/', { refresh })
    assert.deepEqual([anew.status, (await tokenOf(username)).status], [401, 401])
    assert.deepEqual(await rows('SELECT FROM sessions WHERE person_id = $1', [id]), [])
    await admin('PATCH', path(id), { active: true })
    assert.equal((await tokenOf(username)).status, 200)
    assert.equal((await page('GET', '/api/me/')).status, 401, 'the session does not come back')
  })
})

test('a new password is the only one, ends sessions, and is told nowhere', async () => {
  const { id, username } = await make()
  const signed = await asker(server.baseUrl, {})('POST', '/api/auth/sign-in/', { username, password })
  const cookie = signed.headers.get('set-cookie')?.split(';')[0] ?? ''
  const page = asker(server.baseUrl, { cookie })
  assert.equal((await page('GET', '/api/me/')).status, 200)
  const other = 'another-canary-4711'
  assert.equal((await admin('POST', path(id, 'password/'), { password: other })).status, 204)
  assert.equal(await soon(async () => (await page('GET', '/api/me/')).status, 401), 401)
  assert.deepEqual([(await tokenOf(username)).status, (await tokenOf(username, other)).status], [401, 200])
  for (const word of ['short', 'x'.repeat(129), 7, undefined]) {
    const refused = await admin('POST', path(id, 'password/'), { password: word })
    assert.deepEqual([refused.status, refused.body.password?.length], [400, 1])
  }
  assert.equal((await admin('POST', path(999_999, 'password/'), { password })).status, 404)
  const facts = await factsOf(id)
  const replaced = facts.find(({ type }) => type === 'password_replaced')
  assert.deepEqual(replaced, { type: 'password_replaced', actor_name: 'keeper', data: { person_id: id } })
  const seen = JSON.stringify([facts, server.logged, (await chief('GET', path(id))).body])
  assert.doesNotMatch(seen, /canary|argon2/)
})

describe('is refused', () => {
  test('to change the own role and to shut oneself out', async () => {
    for (const body of [{ role: 'analyst' }, { active: false }]) {
      const answer = await admin('PATCH', path(adminId), body)
      assert.deepEqual([answer.status, answer.body.code], [403, 'own_account'])
    }
    assert.equal((await admin('PATCH', path(adminId), { role: 'admin', active: true })).status, 200)
  })

  test('to take a paramedic away from a live assignment', async () => {
    const medic = await make({ role: 'paramedic' })
    await makeParamedic(server, medic.id, '2999-01-01')
    const [unit] = await makeUnits(server, 1, 'P')
    const [incident] = await makeIncidents(server, 1, 'P-')
    await rows('UPDATE paramedics SET unit_id = $2 WHERE person_id = $1', [medic.id, unit])
    await rows(
      `INSERT INTO assignments (incident_id, unit_id, paramedic_id, assigned_at) VALUES ($1, $2, $3, now())`,
      [incident, unit, medic.id],
    )
    for (const body of [{ role: 'dispatcher' }, { active: false }]) {
      const answer = await admin('PATCH', path(medic.id), body)
      assert.deepEqual([answer.status, answer.body.code], [409, 'in_use'])
    }
    await rows(`UPDATE assignments SET status = 'CLEARED', cleared_at = now() WHERE unit_id = $1`, [unit])
    assert.equal((await admin('PATCH', path(medic.id), { role: 'dispatcher' })).status, 200)
    const changes = { available: { from: true, to: false }, unit_id: { from: unit, to: null } }
    const told = (await factsOf(medic.id)).at(-1)
    assert.deepEqual(told?.data, { person_id: medic.id, action: 'changed', changes })
  })
})

test('who may do what', async () => {
  const { id } = await make()
  const body = { username: 'nobody', password, role: 'admin' }
  const desk = (await signIn(server, 'desk', 'dispatcher')).ask
  const writes: [string, string, object][] = [
    ['POST', '/api/people/', body],
    ['PATCH', path(id), { role: 'admin' }],
    ['POST', path(id, 'password/'), { password }],
  ]
  for (const ask of [chief, desk, withKey(server.baseUrl, server.readerKey)]) {
    for (const write of writes) assert.equal((await ask(...write)).status, 403)
    const may = ask === chief
    for (const read of ['/api/people/', path(id)]) {
      assert.equal((await ask('GET', read)).status, may ? 200 : 403)
    }
  }
  assert.equal((await chief('GET', path(999_999))).status, 404)
  assert.equal((await admin('PATCH', path(999_999), { active: false })).status, 404)
})

test('the list is filtered and goes page by page', async () => {
  const names = ['list-a', 'list-b', 'list-c', 'list_d', 'list-e']
  for (const username of names)
    await make({ username, role: username === 'list-b' ? 'paramedic' : 'analyst' })
  const { id } = (await chief('GET', '/api/people/?search=list-c')).body.results[0]
  await admin('PATCH', path(id), { active: false })
  const found = async (query: string) => {
    const { status, body } = await chief('GET', `/api/people/?${query}`)
    assert.equal(status, 200)
    return (body.results as Made[]).map(({ username }) => username).sort()
  }
  assert.deepEqual(await found('search=list-'), ['list-a', 'list-b', 'list-c', 'list-e'])
  assert.deepEqual(await found('search=list&role=PARAMEDIC'), ['list-b'])
  assert.deepEqual(await found('search=list-&active=false'), ['list-c'])
  assert.deepEqual(await found('search=list_'), ['list_d'])
  const seen: string[] = []
  for (let next = '/api/people/?search=list&page_size=2'; next; ) {
    const { body } = await chief('GET', next.replace(server.baseUrl, ''))
    assert.deepEqual([body.count, body.count_exact], [5, true])
    for (const one of body.results) seen.push(one.username)
    next = body.next
  }
  assert.deepEqual(seen.toSorted(), names.toSorted())
  const foreign = Buffer.from('["units","a","f"]').toString('base64url')
  for (const [query, field] of [
    ['role=boss', 'role'],
    ['page_size=501', 'page_size'],
    [`cursor=${foreign}`, 'cursor'],
    ['colour=red', 'colour'],
  ] as const) {
    const { status, body } = await chief('GET', `/api/people/?${query}`)
    assert.deepEqual([status, Array.isArray(body[field])], [400, true], query)
  }
})
