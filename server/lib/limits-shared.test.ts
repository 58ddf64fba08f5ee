import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { type Database, openDatabase } from './db.ts'
import { createBuckets, dropOldBuckets } from './limits-shared.ts'

let database: TestDatabase
let db: Database
before(async () => {
  database = await createTestDatabase()
  db = openDatabase({ connection: database.connection, onIdleError: () => {} })
})
after(async () => {
  await db.close()
  await database.drop()
})

/** A token takes days to come back: what passes does not depend on how long the test takes. */
const slow = [{ perSecond: 1e-6, burst: 100 }]
const newName = () => `key ${randomBytes(8).toString('hex')}`

/** How many of so many requests pass. */
function passed(buckets: ReturnType<typeof createBuckets>, caller: string, count: number): number {
  let passes = 0
  for (let at = 0; at < count; at += 1) if (buckets.take(caller, slow) === undefined) passes += 1
  return passes
}
const fleet = (count: number) => Array.from({ length: count }, () => createBuckets(() => performance.now()))
const shareAll = async (all: readonly ReturnType<typeof createBuckets>[]) => {
  for (const one of all) await one.share(db)
}

describe('processes on one database', () => {
  test('what one let through is missing in the other after an exchange', async () => {
    const [one, other] = fleet(2) as [ReturnType<typeof createBuckets>, ReturnType<typeof createBuckets>]
    const name = newName()
    assert.equal(passed(one, name, 70), 70)
    assert.equal(passed(other, name, 1), 1)
    await shareAll([one, other])
    assert.equal(passed(other, name, 200), 29)
    await shareAll([other, one])
    assert.deepEqual([passed(one, name, 200), passed(other, name, 200)], [0, 0])
  })

  for (const count of [2, 3, 5]) {
    test(`${count} that are all flooded at once let through a burst each, and then nothing`, async () => {
      const all = fleet(count)
      const name = newName()
      for (const one of all) assert.equal(passed(one, name, 500), 100)
      // The first hears of those behind it at the second exchange.
      await shareAll(all)
      await shareAll(all)
      for (const one of all) assert.equal(passed(one, name, 500), 0)
    })
  }

  test('more than a burst is never owed, so that the wait is bounded', async () => {
    const quick = [{ perSecond: 10, burst: 20 }]
    const all = fleet(5)
    const name = newName()
    for (const one of all) for (let at = 0; at < 50; at += 1) one.take(name, quick)
    await shareAll(all)
    await shareAll(all)
    const waits = all.map((one) => one.take(name, quick) ?? 0)
    assert.ok(
      waits.every((seconds) => seconds <= 3),
      String(waits),
    )
    const { rows } = await db.pool.query('SELECT min(tokens + burst) AS least FROM rate_buckets')
    assert.ok(rows[0].least >= 0)
  })

  test('exchanges at the same instant lose nothing and lock nobody out', async () => {
    const all = fleet(4)
    const names = Array.from({ length: 50 }, newName)
    for (const [at, one] of all.entries()) {
      for (const name of at % 2 ? names : names.toReversed()) assert.equal(passed(one, name, 10), 10)
    }
    await Promise.all(all.map((one) => one.share(db)))
    await shareAll(all)
    const left = names.map((name) => passed(all[0] as ReturnType<typeof createBuckets>, name, 200))
    assert.deepEqual(new Set(left), new Set([60]))
  })

  test('a table that was emptied by a crash is filled again', async () => {
    const [one, other] = fleet(2) as [ReturnType<typeof createBuckets>, ReturnType<typeof createBuckets>]
    const name = newName()
    passed(one, name, 60)
    await one.share(db)
    await db.pool.query('TRUNCATE rate_buckets')
    passed(one, name, 10)
    passed(other, name, 5)
    await shareAll([one, other, one])
    assert.equal(passed(one, name, 200), 85)
  })

  test('without the database each goes on by itself', async () => {
    const [one] = fleet(1) as [ReturnType<typeof createBuckets>]
    const name = newName()
    const gone = openDatabase({
      connection: { ...database.connection, connectionString: undefined, port: 1 },
      onIdleError: () => {},
    })
    assert.equal(passed(one, name, 40), 40)
    await assert.rejects(one.share(gone))
    await gone.close()
    assert.equal(passed(one, name, 200), 60)
  })
})

test('a bucket that is full again is forgotten, here and in time in the table', async () => {
  let now = 0
  const buckets = createBuckets(() => now)
  const limit = [{ perSecond: 1_000, burst: 10 }]
  buckets.take(newName(), limit)
  await buckets.share(db)
  now += 60_000
  await buckets.share(db)
  assert.equal(buckets.size(), 0)
  const count = async () => (await db.pool.query('SELECT count(*)::int AS n FROM rate_buckets')).rows[0].n
  await db.pool.query("UPDATE rate_buckets SET filled_at = filled_at - interval '9 minutes'")
  await dropOldBuckets(db)
  assert.ok((await count()) > 0)
  await db.pool.query("UPDATE rate_buckets SET filled_at = filled_at - interval '2 minutes'")
  await Promise.all([dropOldBuckets(db), dropOldBuckets(db)])
  assert.equal(await count(), 0)
})
