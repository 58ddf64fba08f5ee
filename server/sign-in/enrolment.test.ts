import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { openStream } from '../test/support/event-stream.ts'
import { bearer, browse, codeAt, getToken, makePerson, password, soon } from '../test/support/people.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { graceDays } from './rules.ts'

let database: TestDatabase
let server: TestServer
let other: TestServer
let clock = 0
let made = 0
const dayMs = 24 * 3_600_000
const now = () => new Date(Date.now() + clock)

before(async () => {
  database = await createTestDatabase()
  const options = { database, now, config: { secondFactorRequired: true } }
  server = await startTestServer(options)
  other = await startTestServer(options)
})
after(async () => {
  await server.close()
  await other.close()
  await database.drop()
})

const daysAgo = (days: number) => new Date(now().getTime() - days * dayMs).toISOString()
const somebody = (role: 'dispatcher' | 'supervisor' | 'admin', days = 0) =>
  makePerson(server, `enrol-${++made}`, role, daysAgo(days))

describe('supervisors and admins need a second factor', () => {
  test('not in the first days, and told from when', async () => {
    const created_at = daysAgo(graceDays - 1)
    const { username } = await makePerson(server, `enrol-${++made}`, 'supervisor', created_at)
    const { answer, ask } = await browse(server, { username })
    const due_at = new Date(Date.parse(created_at) + graceDays * dayMs).toISOString()
    assert.deepEqual(answer.body.second_factor, { enrolled: false, required: true, due_at })
    assert.equal((await ask('GET', '/api/people/')).status, 200)
    clock += dayMs
    const again = await browse(server, { username })
    assert.equal((await again.ask('GET', '/api/people/')).status, 403)
  })

  test('afterwards nothing else works, by session, token and stream, until there is one', async () => {
    const { username } = await somebody('admin', graceDays + 1)
    const { ask, cookie } = await browse(server, { username })
    const { access } = (await getToken(other, { username })).body
    const token = bearer(other, access)
    for (const asker of [ask, token]) {
      for (const path of ['/api/people/', '/api/calls/', '/api/settings/']) {
        const { status, body } = await asker('GET', path)
        assert.deepEqual([status, body.code], [403, 'second_factor_needed'], path)
      }
      assert.equal((await asker('GET', '/api/me/')).status, 200)
      assert.equal((await asker('GET', '/api/auth/sessions/')).status, 200)
    }
    assert.equal((await openStream(other.baseUrl, { cookie })).status, 403)
    const { secret } = (await ask('POST', '/api/auth/totp/', { password })).body
    const code = codeAt(secret, now())
    assert.equal((await ask('POST', '/api/auth/totp/confirm/', { code })).status, 200)
    assert.equal(await soon(() => ask('GET', '/api/people/'), 200), 200)
    assert.equal(await soon(() => token('GET', '/api/me/'), 401), 401, 'it began without a code')
    const { second_factor } = (await ask('GET', '/api/me/')).body
    assert.deepEqual(second_factor, { enrolled: true, required: true, due_at: null })
  })

  test('others do not, and nobody where the centre says so', async () => {
    const desk = await browse(server, { username: (await somebody('dispatcher', 99)).username })
    assert.equal((await desk.ask('GET', '/api/calls/')).status, 200)
    const told = { enrolled: false, required: false, due_at: null }
    assert.deepEqual(desk.answer.body.second_factor, told)
    const late = await browse(other, { username: (await somebody('supervisor', 99)).username })
    assert.equal((await late.ask('GET', '/api/people/')).status, 403)
    const admin = await browse(server, { username: (await somebody('admin')).username })
    const set = (value: boolean) => admin.ask('PATCH', '/api/settings/', { second_factor_required: value })
    assert.equal((await set(false)).body.second_factor_required, false)
    assert.equal(await soon(() => late.ask('GET', '/api/people/'), 200), 200)
    assert.equal((await set(true)).body.second_factor_required, true)
    assert.equal(await soon(() => late.ask('GET', '/api/people/'), 403), 403)
  })
})

test('the idle time of admins is a setting', async () => {
  const { ask } = await browse(server, { username: (await somebody('admin')).username })
  const set = (minutes: number) => ask('PATCH', '/api/settings/', { admin_idle_minutes: minutes })
  assert.equal((await set(4)).status, 400)
  assert.equal((await set(5)).body.admin_idle_minutes, 5)
  clock += 5 * 60_000
  assert.equal((await ask('GET', '/api/me/')).status, 401)
})
