import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { startBurst } from '../test/support/burst.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { withKey } from '../test/support/http.ts'
import { countUnsealed, openOwner, type Rows, sealingLock } from '../test/support/sealed-server.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { sealFacts } from './seal-facts.ts'
import { verifyChain } from './verify-chain.ts'

const limit = { timeout: 180_000 }
/** Facts of a block at most. */
const blockLimit = 2_000

/** Asks until the condition holds. */
async function soon(holds: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come in time')
    await delay(20)
  }
}

describe('sealing behind two servers on one database', limit, () => {
  let database: TestDatabase
  let servers: [TestServer, TestServer]
  let owner: Awaited<ReturnType<typeof openOwner>>

  const rows: Rows = (text, values) => owner.rows(text, values)
  const sealed = () => soon(async () => (await countUnsealed(rows)) === 0)

  /** The chain is whole, and every fact is in one block of it. */
  async function assertWhole(): Promise<void> {
    const found = await verifyChain({ ...servers[0].ctx, heads: undefined }, { from: 1, mayGoOn: () => true })
    assert.equal(found?.first_bad, null)
    const [count] = await rows('SELECT count(*)::int AS facts FROM facts')
    assert.deepEqual([found?.facts_checked, found?.unsealed], [count?.facts, 0])
  }

  /** Of a connection of the pool; one that was cut is met once more before the pool knows. */
  async function pidOf({ ctx }: TestServer): Promise<number> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await ctx.db.pool.query('SELECT pg_backend_pid() AS pid')).rows[0].pid
      } catch (error) {
        if (attempt === 50) throw error
      }
    }
  }

  before(async () => {
    database = await createTestDatabase()
    servers = [await startTestServer({ database }), await startTestServer({ database })]
    owner = await openOwner(database.url)
  }, limit)
  after(async () => {
    await owner.close()
    for (const server of servers) await server.close()
    await database.drop()
  })
  beforeEach(sealed)

  test('under load every fact is sealed within 5 s, once', async () => {
    const bursts = servers.map((server, at) =>
      startBurst(withKey(server.baseUrl, servers[0].key), `load${at}`, { clients: 10, once: false }),
    )
    await soon(() => bursts.every((burst) => burst.acknowledged() > 1_500), 60_000)
    await Promise.all(bursts.map((burst) => burst.stop()))
    await sealed()
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
    await sealed()
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
    await sealed()
    await assertWhole()
  })

  test('a sealing that is killed leaves nothing half done, and holds up nobody', async () => {
    // A process that ends between its block and the commit.
    const dying = await openOwner(database.url)
    const [own] = await dying.rows('SELECT pg_backend_pid() AS pid')
    await dying.rows('BEGIN')
    await dying.rows(`SELECT pg_advisory_xact_lock(${sealingLock})`)
    await dying.rows(`INSERT INTO audit_seals
      SELECT seq + 1, last_fact_id + 1, last_fact_id + 1, 1, '{}', '', hash, hash, sealed_at
      FROM audit_seals ORDER BY seq DESC LIMIT 1`)
    const call = { call_sid: 'while-it-dies', caller_number: '+15550142' }
    await withKey(servers[0].baseUrl, servers[0].key)('POST', '/api/calls/', call)
    await sealFacts(servers[1].ctx)
    assert.ok((await countUnsealed(rows)) > 0)
    await rows('SELECT pg_terminate_backend($1)', [own?.pid])
    await sealed()
    await assertWhole()
  })

  test('connections that are cut again and again while facts are sealed', async () => {
    const third = await startTestServer({ database })
    let cuts = 0
    try {
      for (let round = 0; round < 20; round += 1) {
        await rows(`INSERT INTO facts (at, type, actor_kind, actor_name, data)
          SELECT now(), 'call_updated', 'system', 'system', '{}' FROM generate_series(1, 500) n`)
        const pid = await pidOf(third)
        const sealing = sealFacts(third.ctx).then(
          () => 'sealed',
          () => 'cut',
        )
        // At another place of its way in each round.
        for (let wait = 0; wait < round; wait += 1) await rows('SELECT 1')
        await rows('SELECT pg_terminate_backend($1)', [pid])
        if ((await sealing) === 'cut') cuts += 1
      }
    } finally {
      await third.close()
    }
    assert.ok(cuts > 0, 'no sealing was cut')
    await sealed()
    await assertWhole()
  })
})
