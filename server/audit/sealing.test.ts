import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { openDatabase } from '../lib/db.ts'
import { until } from '../lib/embedded-postgres/processes.ts'
import { startBurst } from '../test/support/burst.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { blockLimit } from './rules.ts'
import { sealFacts } from './seal-facts.ts'
import { verifyChain } from './verify-chain.ts'

const limit = { timeout: 180_000 }

describe('sealing behind two servers on one database', limit, () => {
  let database: TestDatabase
  let servers: [TestServer, TestServer]
  let owner: pg.Client

  const rows = async (text: string, values: unknown[] = []) => (await owner.query(text, values)).rows
  const unsealed = async () => {
    const last = '(SELECT coalesce(max(last_fact_id), 0) FROM audit_seals)'
    return Number((await rows(`SELECT count(*) AS n FROM facts WHERE id > ${last}`))[0]?.n)
  }
  const sealed = async () => {
    const end = performance.now() + 30_000
    while ((await unsealed()) > 0 && performance.now() < end) await delay(20)
    return (await unsealed()) === 0
  }

  /** The chain is whole, and every fact is in one block of it. */
  async function assertWhole(): Promise<void> {
    const found = await verifyChain(
      { db: servers[0].ctx.db, heads: undefined },
      { from: 1, mayGoOn: () => true },
    )
    assert.equal(found?.first_bad, null)
    const [count] = await rows('SELECT count(*)::int AS facts FROM facts')
    assert.deepEqual([found?.facts_checked, found?.unsealed], [count?.facts, 0])
  }

  before(async () => {
    database = await createTestDatabase()
    servers = [await startTestServer({ database }), await startTestServer({ database })]
    owner = new pg.Client({ connectionString: database.url })
    await owner.connect()
  }, limit)
  after(async () => {
    await owner.end()
    for (const server of servers) await server.close()
    await database.drop()
  })
  beforeEach(async () => assert.ok(await sealed()))

  test('under load every fact is sealed within 5 s, once', async () => {
    const bursts = servers.map((server, at) =>
      startBurst(withKey(server.baseUrl, servers[0].key), `load${at}`, { clients: 10, once: false }),
    )
    assert.ok(await until(() => bursts.every((burst) => burst.acknowledged() > 1_500), 60_000, 50))
    await Promise.all(bursts.map((burst) => burst.stop()))
    assert.ok(await sealed())
    const [late] =
      await rows(`SELECT max(extract(epoch FROM s.sealed_at - f.at))::float8 AS s FROM audit_seals s
      JOIN facts f ON f.id BETWEEN s.first_fact_id AND s.last_fact_id`)
    assert.ok(late?.s < 5, `a fact was sealed after ${late?.s} s`)
    await assertWhole()
  })

  test('what waits longer than a block is sealed in several', async () => {
    await rows(`INSERT INTO facts (at, type, actor_kind, actor_name, data)
      SELECT now(), 'call_updated', 'system', 'system', jsonb_build_object('n', n)
      FROM generate_series(1, ${2 * blockLimit + 1}) n`)
    assert.ok(await sealed())
    await assertWhole()
    const [most] = await rows('SELECT max(fact_count)::int AS n FROM audit_seals')
    assert.equal(most?.n, blockLimit)
  })

  test('many sealings at the same instant', async () => {
    for (let round = 0; round < 20; round += 1) {
      const call = { call_sid: `same-${round}`, caller_number: '+15550142' }
      const written = withKey(servers[0].baseUrl, servers[0].key)('POST', '/api/calls/', call)
      await Promise.all([
        ...servers.flatMap(({ ctx }) => [sealFacts(ctx), sealFacts(ctx), sealFacts(ctx)]),
        written,
      ])
    }
    assert.ok(await sealed())
    await assertWhole()
  })

  test('a sealing that is killed leaves nothing half done, and holds up nobody', async () => {
    // A process that ends between its block and the commit.
    const dying = new pg.Client({ connectionString: database.url, application_name: 'dying' })
    dying.on('error', () => {})
    await dying.connect()
    await dying.query('BEGIN')
    await dying.query(`SELECT pg_advisory_xact_lock(${0x746f6175})`)
    await dying.query(`INSERT INTO audit_seals SELECT seq + 1, last_fact_id + 1, last_fact_id + 1, 1, '{}', '', hash,
      hash, sealed_at FROM audit_seals ORDER BY seq DESC LIMIT 1`)
    const call = { call_sid: 'while-it-dies', caller_number: '+15550142' }
    await withKey(servers[0].baseUrl, servers[0].key)('POST', '/api/calls/', call)
    await sealFacts(servers[1].ctx)
    assert.ok((await unsealed()) > 0)
    await rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dying'")
    assert.ok(await sealed())
    await assertWhole()
  })

  test('connections that are cut again and again while facts are sealed', async () => {
    const name = `cut ${randomUUID()}`
    const cut = openDatabase({ connection: database.connection, onIdleError: () => {} })
    const ctx = { ...servers[0].ctx, db: cut }
    const terminate = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE pid = ANY ($1) AND datname = current_database()`
    cut.pool.on('connect', (client) => client.on('error', () => {}))
    let kills = 0
    for (let round = 0; round < 20; round += 1) {
      await rows(
        `INSERT INTO facts (at, type, actor_kind, actor_name, data)
        SELECT now(), 'call_updated', 'system', $1, '{}' FROM generate_series(1, 500) n`,
        [name],
      )
      const pid = (await cut.pool.query('SELECT pg_backend_pid() AS pid')).rows[0].pid
      const sealing = sealFacts(ctx).then(
        () => 'sealed',
        () => 'cut',
      )
      // At another place of its way in each round.
      for (let wait = 0; wait < round; wait += 1) await rows('SELECT 1')
      await rows(terminate, [[pid]])
      if ((await sealing) === 'cut') kills += 1
    }
    await cut.close()
    assert.ok(kills > 0, 'no sealing was cut')
    assert.ok(await sealed())
    await assertWhole()
  })
})
