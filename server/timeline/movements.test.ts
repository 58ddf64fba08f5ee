import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { movedUnits } from '@toneout/contract/model/fact.ts'
import pg from 'pg'
import { openDatabase } from '../lib/db.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { createMovements, type Movements, type PositionsEvent } from './movements.ts'

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 7, 0, second)).toISOString()

/** The units of an event, as text of the stream. */
function unitsIn(event: PositionsEvent | undefined) {
  if (!event) return []
  const [, json] = /^event: positions\ndata: (.*)\n\n$/.exec(event.bytes.toString()) ?? []
  const data: unknown = JSON.parse(json as string)
  assert.deepEqual(movedUnits.parse(data), data)
  return movedUnits.parse(data).units
}
const idsIn = (event: PositionsEvent | undefined) => unitsIn(event).map((unit) => unit.id)

describe('which units moved', { timeout: 400_000 }, () => {
  let database: TestDatabase
  let db: ReturnType<typeof openDatabase>
  let seen: number

  before(async () => {
    database = await createTestDatabase()
    db = openDatabase({ connection: database.connection, onIdleError: () => {} })
  })
  beforeEach(async () => {
    await db.pool.query(`TRUNCATE units RESTART IDENTITY CASCADE`)
    await db.pool.query(`INSERT INTO units (unit_number, unit_type, updated_at)
      SELECT 'M' || n, 'BASIC', now() FROM generate_series(1, 9) n`)
  })
  after(async () => {
    await db.close()
    await database.drop()
  })

  const move = (on: pg.ClientBase | pg.Pool, id: number, second: number, latitude = second) =>
    on.query('UPDATE units SET latitude = $2, longitude = 0, position_at = $3 WHERE id = $1', [
      id,
      latitude,
      at(second),
    ])
  /** Waits until no transaction of the cluster, of whichever database, is older than now. */
  const settled = async () => {
    const { now } = (await db.pool.query('SELECT pg_current_xact_id()::text AS now')).rows[0]
    const isOver = 'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS is_over'
    for (const end = Date.now() + 100_000; !(await db.pool.query(isOver, [now])).rows[0].is_over; ) {
      if (Date.now() > end) throw new Error('an older transaction did not end')
      await delay(10)
    }
  }
  const begin = async (limit?: number) => {
    await settled()
    const movements = createMovements(db, limit)
    await movements.begin()
    seen = movements.newest()
    return movements
  }
  /** Looks, and gives what a reader that is up to date is sent. */
  const look = async (movements: Movements) => {
    await movements.look()
    const event = movements.eventAfter(seen)
    if (event) seen = event.seen
    return idsIn(event)
  }

  test('what moved before the beginning is not told, what moves after it is told once', async () => {
    await move(db.pool, 1, 1)
    const movements = await begin()
    await move(db.pool, 2, 2)
    await move(db.pool, 3, 1)
    assert.deepEqual(await look(movements), [2, 3])
    assert.deepEqual(await look(movements), [])
    await move(db.pool, 3, 3, 7)
    await movements.look()
    const event = movements.eventAfter(seen)
    assert.deepEqual(unitsIn(event), [{ id: 3, latitude: 7, longitude: 0, position_at: at(3) }])
  })

  test('a report of long ago counts when it is written; so does another place of that moment', async () => {
    await move(db.pool, 1, 50)
    const movements = await begin()
    await move(db.pool, 1, 55)
    await look(movements)
    await move(db.pool, 2, 3)
    assert.deepEqual(await look(movements), [2])
    await move(db.pool, 2, 3, 4)
    assert.deepEqual(await look(movements), [2])
  })

  test('what is written before a look and committed after it comes, and nothing comes twice', async () => {
    const movements = await begin()
    const late = new pg.Client(database.connection)
    await late.connect()
    await late.query('BEGIN')
    await move(late, 1, 1)
    for (const unit of [2, 3, 4]) {
      await move(db.pool, unit, 1)
      assert.deepEqual(await look(movements), [unit])
    }
    await late.query('COMMIT')
    await late.end()
    assert.deepEqual(await look(movements), [1])
    assert.deepEqual(await look(movements), [])
  })

  test('units without a place and retired ones are not told', async () => {
    const movements = await begin()
    await move(db.pool, 1, 1)
    await db.pool.query(
      "UPDATE units SET retired_at = now() WHERE id = 1; UPDATE units SET duty = 'OFF_DUTY'",
    )
    assert.deepEqual(await look(movements), [])
  })

  test('a unit that is changed otherwise is not told again', async () => {
    const movements = await begin()
    await move(db.pool, 1, 1)
    assert.deepEqual(await look(movements), [1])
    await db.pool.query("UPDATE units SET duty = 'OFF_DUTY'")
    assert.deepEqual(await look(movements), [])
  })

  test('more than a page takes several looks; what moves meanwhile is not lost', async () => {
    const movements = await begin(3)
    for (const unit of [1, 2, 3, 4, 5, 6, 7]) await move(db.pool, unit, 1)
    assert.deepEqual(await look(movements), [1, 2, 3])
    await move(db.pool, 1, 2)
    await move(db.pool, 8, 1)
    assert.deepEqual(await look(movements), [4, 5, 6])
    assert.deepEqual(await look(movements), [7, 8])
    const rest = [await look(movements), await look(movements), await look(movements)]
    assert.deepEqual(rest.flat(), [1])
  })

  test('a reader that was left out gets the last places, in parts of a page', async () => {
    const movements = await begin(3)
    const behind = seen
    for (const [unit, second] of [1, 2, 3, 4, 1].entries()) {
      await move(db.pool, unit === 4 ? 1 : second, 10 + unit)
      await look(movements)
    }
    const first = movements.eventAfter(behind)
    assert.deepEqual(idsIn(first), [2, 3, 4])
    const second = movements.eventAfter(first?.seen as number)
    assert.deepEqual(unitsIn(second), [{ id: 1, latitude: 14, longitude: 0, position_at: at(14) }])
    assert.equal(movements.eventAfter(second?.seen as number), undefined)
  })

  test('after a rest nothing is remembered until it begins again', async () => {
    const movements = await begin()
    await move(db.pool, 1, 1)
    movements.rest()
    assert.deepEqual(await look(movements), [])
    await settled()
    await movements.begin()
    await move(db.pool, 2, 1)
    assert.deepEqual(await look(movements), [2])
  })
})
