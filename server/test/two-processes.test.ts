import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { migrate } from '../lib/migrate.ts'
import { createTestDatabase, type TestDatabase } from './support/cluster.ts'
import { type Ask, withKey } from './support/http.ts'
import { spawnMain } from './support/server-process.ts'
import { makeKey, startTestServer, type TestServer } from './support/test-server.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const count = (statuses: number[], status: number) => statuses.filter((one) => one === status).length

/** Asks until the condition holds; a change of credentials is promised within a second. */
async function soon(holds: () => Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come in time')
    await new Promise((next) => setTimeout(next, 20))
  }
}

describe('two server processes on one database', { timeout: 120_000 }, () => {
  let database: TestDatabase
  let servers: [TestServer, TestServer]
  let asks: [Ask, Ask]
  /** The process that a request of this number goes to. */
  const by = (at: number) => asks[at % 2] as Ask
  const rows = async <T>(text: string, values: unknown[] = []) =>
    (await servers[0].ctx.db.pool.query(text, values)).rows as T[]

  before(async () => {
    database = await createTestDatabase()
    servers = [await startTestServer({ database }), await startTestServer({ database })]
    asks = [withKey(servers[0].baseUrl, servers[0].key), withKey(servers[1].baseUrl, servers[0].key)]
  })
  after(async () => {
    for (const server of servers) await server.close()
    await database.drop()
  })

  test('the same call_sid 50 times at the same instant: one row, one 201, 49 times 200', async () => {
    for (const round of range(10)) {
      const call_sid = `same-${round}`
      const body = { call_sid, caller_number: '+15550100', emergency_type: 'FIRE' }
      const answers = await Promise.all(range(50).map((at) => by(at)('POST', '/api/calls/', body)))
      const statuses = answers.map((one) => one.status)
      assert.deepEqual([count(statuses, 201), count(statuses, 200)], [1, 49])
      const found = await rows<{ id: number }>('SELECT id FROM calls WHERE call_sid = $1', [call_sid])
      assert.equal(found.length, 1)
      assert.deepEqual(new Set(answers.map((one) => one.body.id)), new Set([Number(found[0]?.id)]))
      const facts = await rows("SELECT FROM facts WHERE call_id = $1 AND type = 'call_opened'", [
        found[0]?.id,
      ])
      assert.equal(facts.length, 1)
    }
  })

  test('many calls opened twice, in opposite orders on the two processes', async () => {
    const sids = range(60).map((at) => `crossed-${at}`)
    const open = (at: number, call_sid: string) =>
      by(at)('POST', '/api/calls/', { call_sid, caller_number: '+15550101' })
    const answers = await Promise.all([
      ...sids.map((sid) => open(0, sid)),
      ...sids.toReversed().map((sid) => open(1, sid)),
    ])
    const statuses = answers.map((one) => one.status)
    assert.deepEqual([count(statuses, 201), count(statuses, 200)], [60, 60])
  })

  test('words without a sequence from both processes get distinct consecutive sequences', async () => {
    await by(0)('POST', '/api/calls/', { call_sid: 'words', caller_number: '+15550102' })
    const path = '/api/calls/words/interactions/'
    const say = (at: number) => by(at)('POST', path, { speaker: 'CALLER', message: `word ${at}` })
    const answers = await Promise.all(range(200).map(say))
    assert.deepEqual(new Set(answers.map((one) => one.status)), new Set([201]))
    const given = answers.map((one) => one.body.sequence).sort((a, b) => a - b)
    assert.deepEqual(given, range(200))
    const list = (await by(1)('GET', path)).body
    const shown = answers.map((one) => one.body).sort((a, b) => a.sequence - b.sequence)
    assert.deepEqual(list, shown)
  })

  test('one Idempotency-Key at the same instant on both: one utterance, the same reply for all', async () => {
    await by(0)('POST', '/api/calls/', { call_sid: 'once', caller_number: '+15550103' })
    const path = '/api/calls/once/interactions/'
    for (const round of range(5)) {
      const body = { speaker: 'CALLER', message: `once ${round}` }
      const headers = { 'idempotency-key': `key ${round}` }
      const answers = await Promise.all(range(30).map((at) => by(at)('POST', path, body, headers)))
      assert.deepEqual(new Set(answers.map((one) => one.status)), new Set([201]))
      assert.equal(new Set(answers.map((one) => JSON.stringify(one.body))).size, 1)
    }
    assert.equal((await by(0)('GET', path)).body.length, 5)
  })

  test('two different ends of a call at the same instant: one wins, the other is told', async () => {
    for (const round of range(10)) {
      const path = `/api/calls/end-${round}/`
      await by(0)('POST', '/api/calls/', { call_sid: `end-${round}`, caller_number: '+15550104' })
      const answers = await Promise.all([
        by(0)('PATCH', path, { status: 'COMPLETED' }),
        by(1)('PATCH', path, { status: 'CANCELLED' }),
      ])
      assert.deepEqual(answers.map((one) => one.status).sort(), [200, 409])
      const winner = answers.find((one) => one.status === 200)?.body
      assert.deepEqual((await by(round)('GET', path)).body, winner)
    }
  })

  test('a key added on one works on both soon, also where it was refused before', async () => {
    const secret = `tone_${randomBytes(16).toString('hex')}`
    const status = async (at: number, key: string) =>
      (await withKey((servers[at] as TestServer).baseUrl, key)('GET', '/api/calls/?page_size=1')).status
    assert.deepEqual([await status(0, secret), await status(1, secret)], [401, 401])
    const key = await makeKey(servers[0].ctx, 'reader')
    for (const at of range(2)) await soon(async () => (await status(at, key)) === 200)
    // Refused before, and remembered as refused.
    await rows("UPDATE api_keys SET key_hash = sha256($1) WHERE role = 'reader' AND key_hash = sha256($2)", [
      Buffer.from(secret),
      Buffer.from(key),
    ])
    await rows("SELECT pg_notify('access', '')")
    for (const at of range(2)) await soon(async () => (await status(at, secret)) === 200)
    for (const at of range(2)) await soon(async () => (await status(at, key)) === 401)
    await rows('UPDATE api_keys SET revoked_at = now() WHERE key_hash = sha256($1)', [Buffer.from(secret)])
    await rows("SELECT pg_notify('access', '')")
    for (const at of range(2)) await soon(async () => (await status(at, secret)) === 401)
  })
})

describe('migrations by several processes at once', { timeout: 120_000 }, () => {
  /** The run's cluster, a database of that name in it that is not there yet, and the way to drop it. */
  async function fresh(make: boolean) {
    const maintenance = process.env.TONEOUT_TEST_CLUSTER as string
    const name = `fresh_${randomBytes(6).toString('hex')}`
    const owner = new pg.Client({ connectionString: maintenance })
    await owner.connect()
    if (make) await owner.query(`CREATE DATABASE ${name} TEMPLATE template0`)
    const drop = async () => {
      await owner.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      await owner.end()
    }
    return { url: maintenance.replace('/postgres?', `/${name}?`), drop }
  }

  async function applied(url: string): Promise<{ names: string[]; tables: number }> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rows } = await client.query('SELECT name FROM migrations ORDER BY name')
    const tables = await client.query("SELECT FROM pg_tables WHERE schemaname = 'public'")
    await client.end()
    return { names: rows.map((row) => row.name), tables: tables.rowCount ?? 0 }
  }

  test('six at once in one empty database: each migration is applied by one of them', async () => {
    const { url, drop } = await fresh(true)
    try {
      const connection = { connectionString: url }
      const done = await Promise.all(range(6).map(() => migrate(connection, () => new Date())))
      const { names } = await applied(url)
      assert.ok(names.length > 0)
      assert.deepEqual(done.flat().sort(), names)
    } finally {
      await drop()
    }
  })

  test('two programs that must make the database first: both end well', async () => {
    const { url, drop } = await fresh(false)
    try {
      const env = { DATABASE_URL: url, SECRET_KEY: 's'.repeat(40), FIELD_KEYS: 'f'.repeat(40) }
      const outcomes = await Promise.all(
        range(2).map(async () => {
          const child = spawnMain('migrate', env)
          let words = ''
          for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', (text) => (words += text))
          const [code] = await once(child, 'close')
          return { code, words }
        }),
      )
      for (const { code, words } of outcomes) assert.equal(code, 0, words)
      const { names, tables } = await applied(url)
      assert.ok(names.length > 0 && tables > names.length)
    } finally {
      await drop()
    }
  })
})
