import type { Writable } from 'node:stream'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from './database-types.ts'

export { sql } from 'kysely'

/** Where a database is; `url` may hold a password and is never logged. */
export type DatabaseOptions = {
  connection: pg.ClientConfig
  /** Told of the errors of idle connections, which have no caller to tell. */
  onIdleError: (error: Error) => void
  /** How many times as long as usual all time limits are; for tests on a machine that is busy with others. */
  patience?: number
}

/** The one database of a process, by who waits for whom. */
export type Database = {
  /** Typed queries: reads, and writes off the hot path. */
  kysely: Kysely<DB>
  pool: pg.Pool
  /** Two connections never lent to anything but intake; statements on them are pipelined. */
  intake: pg.Pool
  /** The same for what binds and frees units. */
  desk: pg.Pool
  connection: pg.ClientConfig
  close: () => Promise<void>
}

export type Connection = pg.ClientBase

const { builtins } = pg.types

const inUtc = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,3})?\+00$/

/** PostgreSQL's text of an instant -> ISO 8601 in UTC; without a Date when it is in UTC, which is always. */
function readInstant(text: string): string {
  if (!inUtc.test(text)) return new Date(text).toISOString()
  const seconds = `${text.slice(0, 10)}T${text.slice(11, 19)}`
  const fraction = text.length > 22 ? text.slice(20, -3) : ''
  return `${seconds}.${fraction.padEnd(3, '0')}Z`
}

/** Rows come as replies: bigint as number (ids stay below 2^53), instants as ISO text in UTC. */
function typeParser(oid: number, format?: unknown) {
  if (oid === builtins.INT8) return Number
  if (oid === builtins.TIMESTAMPTZ) return readInstant
  return pg.types.getTypeParser(oid, format as 'text')
}
const types = { getTypeParser: typeParser as typeof pg.types.getTypeParser }

/** Time limits in milliseconds, set on each session: nobody may hold up intake for long. */
const session = (patience: number) => ({
  statement_timeout: 5_000 * patience,
  lock_timeout: 2_000 * patience,
  idle_in_transaction_session_timeout: 10_000 * patience,
  query_timeout: 4_000 * patience,
  connectionTimeoutMillis: 2_000 * patience,
  keepAlive: true,
  options: '-c TimeZone=UTC',
})

export function openDatabase({ connection, onIdleError, patience = 1 }: DatabaseOptions): Database {
  const client = { ...connection, ...session(patience), types, application_name: 'toneout' }
  const pool = new pg.Pool({ ...client, max: 16 })
  // What is written is found by its id. A plan that was made while a table was small, as in the first hours
  // of an agency, must not read the whole table once it has grown.
  const byId = '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off'
  const pipelined = { ...client, max: 2, pipeline: true, options: `${client.options} ${byId}` }
  // A call that somebody holds must not hold up the others for long: its items are told apart.
  const intake = new pg.Pool({
    ...pipelined,
    lock_timeout: 300 * patience,
    application_name: 'toneout intake',
  } as pg.PoolConfig)
  const desk = new pg.Pool({
    ...pipelined,
    // One for each group under way at once, and one to spare.
    max: 4,
    application_name: 'toneout desk',
    // Its statements are few and look rows up by id; planning them anew took a third of a dispatch.
    options: `${pipelined.options} -c plan_cache_mode=force_generic_plan`,
  } as pg.PoolConfig)
  for (const one of [pool, intake, desk]) {
    one.on('error', onIdleError)
    // A connection that ends while it is lent tells its statements. Its event, were nobody listening, would
    // end the process: the pool listens only to idle ones.
    one.on('connect', (lent) => lent.on('error', () => {}))
  }
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    kysely,
    pool,
    intake,
    desk,
    connection: client,
    close: async () => {
      await Promise.allSettled([kysely.destroy(), intake.end(), desk.end()])
    },
  }
}

/** Waits for statements that were sent together; the first failure is thrown once all have ended. */
export async function together<T extends readonly unknown[]>(
  sent: readonly [...{ [I in keyof T]: Promise<T[I]> }],
): Promise<T> {
  const ended = await Promise.allSettled(sent)
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  }) as unknown as T
}

/**
 * Statements that `send` sends leave in one write: on a pipelined connection each would otherwise be a system
 * call of ours and wake the database once more. pg has no name for this, so it reaches for the socket;
 * without one nothing is lost but speed.
 */
export function inOneWrite<T>(connection: Connection, send: () => T): T {
  const { stream } = (connection as unknown as { connection?: { stream?: Writable } }).connection ?? {}
  stream?.cork()
  try {
    return send()
  } finally {
    stream?.uncork()
  }
}

/** Names as columns of a table, for a statement; never names that a client sent. */
export const columnsOf = (names: readonly string[], table: string) =>
  names.map((name) => `${table}.${name}`).join(', ')

/** Words as a list, for a statement; never words that a client sent. */
export const listOf = (words: readonly string[]) => `('${words.join("', '")}')`

type Tries = {
  attempts: number
  /** Whether the work did nothing for certain and may succeed when it is done again. */
  mayTryAgain: (error: unknown) => boolean
}

/** Does `work` on a connection of the pool, each try on one of its own; one that failed is not lent again. */
export async function onConnection<T>(
  pool: pg.Pool,
  { attempts, mayTryAgain }: Tries,
  work: (connection: pg.PoolClient) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const connection = await pool.connect()
    let broken = true
    try {
      const done = await work(connection)
      broken = false
      return done
    } catch (error) {
      if (!mayTryAgain(error) || attempt === attempts) throw error
    } finally {
      connection.release(broken)
    }
  }
}

/** Runs `work` in one transaction of the general pool. */
export async function transaction<T>(db: Database, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await db.pool.connect()
  let broken: Error | undefined
  try {
    await connection.query('BEGIN')
    const result = await work(connection)
    await connection.query('COMMIT')
    return result
  } catch (error) {
    await connection.query('ROLLBACK').catch((fault: Error) => {
      broken = fault
    })
    throw error
  } finally {
    connection.release(broken)
  }
}

/**
 * SQL of an instant in a row of the table known as `a`, as people corrected it afterwards where they did. The
 * name is none of a client's.
 */
export const correctedTime = (name: string) =>
  `coalesce((a.corrections ->> '${name}')::timestamptz, a.${name})`
