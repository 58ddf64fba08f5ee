import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { countHashes, getToken, makePerson, password, stranger } from '../test/support/people.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { deleteOldAttempts } from './store-attempts.ts'

const minute = 60_000
let database: TestDatabase
let servers: [TestServer, TestServer]
let clock = 0
let made = 0

before(async () => {
  database = await createTestDatabase()
  const options = { database, now: () => new Date(Date.now() + clock), config: { trustProxy: true } }
  servers = [await startTestServer(options), await startTestServer(options)]
})
after(async () => {
  for (const server of servers) await server.close()
  await database.drop()
})

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const by = (at: number) => servers[at % 2] as TestServer
const somebody = () => makePerson(by(0), `guessed-${++made}`, 'dispatcher')
/** A network of its own for each case, as what is counted by network is counted for all of it. */
const from = (network: number) => ({ 'x-forwarded-for': `198.51.${network}.${1 + (++made % 250)}` })
const wrong = (username: string, at: number, headers: Record<string, string>) =>
  getToken(by(at), { username, password: 'not the password' }, headers)
const factsOf = async (type: string) =>
  (await by(0).ctx.db.pool.query('SELECT data, actor_name FROM facts WHERE type = $1 ORDER BY id', [type]))
    .rows as { data: Record<string, unknown>; actor_name: string }[]

describe('guesses', { timeout: 120_000 }, () => {
  test('50 at once on two processes: five are looked at, the others must wait', async () => {
    const { id, username } = await somebody()
    const hashes = countHashes()
    const replies = await Promise.all(range(50).map((at) => wrong(username, at, from(1))))
    hashes.stop()
    const count = (status: number) => replies.filter((one) => one.status === status).length
    assert.deepEqual([count(401), count(429), hashes.begun()], [5, 45, 5])
    for (const { status, headers } of replies) {
      const wait = Number(headers.get('retry-after'))
      assert.ok(status === 401 || (wait > 0 && wait <= 600), `Retry-After ${wait}`)
    }
    const failed = (await factsOf('sign_in_failed')).filter(({ data }) => data.person_id === id)
    const blocked = (await factsOf('sign_in_blocked')).filter(({ data }) => data.person_id === id)
    assert.deepEqual([failed.length, blocked.length, failed[0]?.actor_name], [5, 1, 'system'])
    assert.deepEqual(blocked[0]?.data, { person_id: id, whole_network: false, seconds: 600 })
  })

  test('a block holds back the right password too, by the same words as for nobody', async () => {
    const { username } = await somebody()
    const nobody = `nobody-${++made}`
    const network = from(2)
    for (const at of range(5)) {
      const [a, b] = [await wrong(username, at, network), await wrong(nobody, at, network)]
      assert.deepEqual([a.status, a.body], [401, b.body])
    }
    const known = await getToken(by(0), { username }, network)
    const unknown = await getToken(by(0), { username: nobody }, network)
    assert.deepEqual([known.status, known.body], [429, unknown.body])
    assert.equal(unknown.status, 429)
    const [a, b] = [known, unknown].map(({ headers }) => Number(headers.get('retry-after')))
    assert.ok(a && b && Math.abs(a - b) <= 30, `${a} and ${b}`)
    const upper = await getToken(by(1), { username: username.toUpperCase() }, network)
    assert.equal(upper.status, 429, 'the name is one in any letter case')
  })

  test('a block is of one network, ends by itself, and success forgets what was wrong before', async () => {
    const { username } = await somebody()
    const network = from(3)
    for (const at of range(6)) await wrong(username, at, network)
    assert.equal((await getToken(by(1), { username }, from(4))).status, 200, 'from elsewhere')
    clock += 10 * minute + 1_000
    for (const round of range(3)) {
      for (const at of range(4)) assert.equal((await wrong(username, at, network)).status, 401)
      assert.equal((await getToken(by(round), { username }, network)).status, 200)
    }
  })

  test('workers that all sign in at once with the right password get in', async () => {
    const { username } = await makePerson(by(0), `robot-${++made}`, 'ai_dispatcher')
    const network = from(5)
    const replies = await Promise.all(range(16).map((at) => getToken(by(at), { username }, network)))
    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]))
  })

  test('the page counts with the tokens', async () => {
    const { username } = await somebody()
    const network = from(6)
    const page = () =>
      stranger(by(1))('POST', '/api/auth/sign-in/', { username, password: 'not this one' }, network)
    for (const at of range(3)) await wrong(username, at, network)
    assert.deepEqual([(await page()).status, (await page()).status, (await page()).status], [401, 401, 429])
  })
})

test('what was typed as a name is nowhere', async () => {
  const typed = `my secret instead of my name ${++made}`
  for (const at of range(6)) await wrong(typed, at, from(7))
  const { pool } = by(0).ctx.db
  const facts = (await pool.query('SELECT * FROM facts')).rows
  assert.ok(!JSON.stringify([facts, by(0).logged, by(1).logged]).includes(typed))
  const anonymous = (await factsOf('sign_in_failed')).filter(({ data }) => Object.keys(data).length === 0)
  assert.ok(anonymous.length >= 5)
})

test('every way of failing costs one hash', async () => {
  const { username } = await somebody()
  const out = await somebody()
  await by(0).ctx.db.pool.query('UPDATE people SET active = false WHERE id = $1', [out.id])
  const cases: [string, string, string][] = [
    ['unknown', `nobody-${++made}`, password],
    ['wrong', username, 'not the password'],
    ['shut out', out.username, password],
    ['shut out and wrong', out.username, 'not the password'],
  ]
  const told = new Set<string>()
  for (const [what, name, word] of cases) {
    const hashes = countHashes()
    const { status, body } = await getToken(by(0), { username: name, password: word }, from(8))
    hashes.stop()
    assert.deepEqual([status, hashes.begun()], [401, 1], what)
    told.add(JSON.stringify(body))
  }
  assert.equal(told.size, 1, 'and is told by the same words')
})

test('attempts of more than a day ago are deleted', async () => {
  const { pool } = by(0).ctx.db
  const count = async () => Number((await pool.query('SELECT count(*) AS n FROM sign_in_attempts')).rows[0].n)
  await wrong(`nobody-${++made}`, 0, from(9))
  assert.ok((await count()) > 0)
  await deleteOldAttempts(by(0).ctx.db, new Date(Date.now() + clock - minute * 60 * 24).toISOString())
  assert.ok((await count()) > 0)
  await deleteOldAttempts(by(0).ctx.db, new Date(Date.now() + clock + minute).toISOString())
  assert.equal(await count(), 0)
})
