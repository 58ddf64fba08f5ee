import type pg from 'pg'
import type { TestServer } from './test-server.ts'

/** Rows that a table grows by. */
export const grown = 20_000

/** Rows read by passing over tables, and found by an index. */
export type Reads = { passed: number; found: number }

/** All connections that a pool may have, so that what is asked of them is asked of each. */
export const lendAll = (pool: pg.Pool): Promise<pg.PoolClient[]> =>
  Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))

/** What was read so far; the connections tell of theirs first. */
async function rowsRead({ ctx }: TestServer, pool: pg.Pool, tables: readonly string[]): Promise<Reads> {
  const clients = await lendAll(pool)
  await Promise.all(clients.map((client) => client.query('SELECT pg_stat_force_next_flush()')))
  for (const client of clients) client.release()
  const text = `SELECT sum(seq_tup_read)::int AS passed, sum(idx_tup_fetch)::int AS found
    FROM pg_stat_user_tables WHERE relname = ANY($1)`
  return (await ctx.db.pool.query(text, [tables])).rows[0]
}

export const youngTables = ['never analysed', 'analysed while they were empty'] as const

/** A new installation begins with empty tables; what autovacuum would mend after a minute stays as it is. */
export async function keepYoung(
  { ctx }: TestServer,
  tables: readonly string[],
  state: (typeof youngTables)[number],
): Promise<void> {
  for (const table of tables) {
    await ctx.db.pool.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`)
    if (state !== 'never analysed') await ctx.db.pool.query(`VACUUM (ANALYZE) ${table}`)
  }
}

type Growing = {
  /** Idle whenever `early` and `late` have ended. */
  pool: pg.Pool
  tables: readonly string[]
  /** Work while the tables are young: often enough that each connection keeps its plans. */
  early: () => Promise<void>
  /** Statements that let the tables grow. */
  grow: readonly string[]
  /** The same work on the tables that have grown. */
  late: () => Promise<void>
}

/** What the late work reads. */
export async function readsWhenGrown(server: TestServer, growing: Growing): Promise<Reads> {
  const { pool, tables, early, grow, late } = growing
  await early()
  // On a connection of its own that has told of what it read before the others are looked at.
  const client = await server.ctx.db.pool.connect()
  for (const text of grow) await client.query(text)
  await client.query('SELECT pg_stat_force_next_flush()')
  await client.query('SELECT 1')
  client.release()
  const before = await rowsRead(server, pool, tables)
  await late()
  const after = await rowsRead(server, pool, tables)
  return { passed: after.passed - before.passed, found: after.found - before.found }
}
