import type { Closure, DriveFitShown } from '@toneout/contract/model/streets.ts'
import { type Connection, columnsOf, type Database } from '../lib/db.ts'

/** Closures that hold at once, and rows of a list. */
export const closureLimit = 500

const columns = columnsOf(
  ['id', 'latitude', 'longitude', 'segment_id', 'street', 'reason', 'until', 'set_at', 'set_by'],
  'c',
)
const held = 'c.lifted_at IS NULL AND (c.until IS NULL OR c.until > $1::timestamptz)'

/** Closures that hold at the instant, the newest first. */
export async function readClosures(on: Pick<Connection, 'query'>, at: string): Promise<Closure[]> {
  const text = `SELECT ${columns} FROM closures c WHERE ${held} ORDER BY c.id DESC LIMIT ${closureLimit}`
  return (await on.query<Closure>({ name: 'closures', text, values: [at] })).rows
}

/** How many hold; a statement after the lock, which makes closings wait for one another. */
export async function countClosures(connection: Connection, at: string): Promise<number> {
  await connection.query('LOCK TABLE closures IN SHARE ROW EXCLUSIVE MODE')
  const text = `SELECT count(*) AS n FROM closures c WHERE ${held}`
  return (await connection.query<{ n: number }>(text, [at])).rows[0]?.n ?? 0
}

export async function insertClosure(connection: Connection, row: Omit<Closure, 'id'>): Promise<number> {
  const names = Object.keys(row)
  const text = `INSERT INTO closures (${names.join(', ')})
    VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING id`
  return (await connection.query<{ id: number }>(text, Object.values(row))).rows[0]?.id as number
}

/** Lifts a closure that holds; gives it as it was, undefined when none does. */
export async function liftClosure(
  connection: Connection,
  id: number,
  at: string,
  by: string,
): Promise<Closure | undefined> {
  const text = `UPDATE closures c SET lifted_at = $1, lifted_by = $3
    WHERE c.id = $2 AND ${held} RETURNING ${columns}`
  return (await connection.query<Closure>(text, [at, id, by])).rows[0]
}

/** Writes down that closures whose time has come have ended; at most a hundred at a time. */
export async function liftEnded(connection: Connection, at: string): Promise<Closure[]> {
  const text = `UPDATE closures c SET lifted_at = c.until, lifted_by = 'system'
    WHERE c.id IN (SELECT id FROM closures WHERE lifted_at IS NULL AND until <= $1::timestamptz
      ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED) RETURNING ${columns}`
  return (await connection.query<Closure>(text, [at])).rows
}

/** Wakes every process to look at roads, closures and fits anew, when the transaction commits. */
export async function tellStreets(connection: Pick<Connection, 'query'>): Promise<void> {
  await connection.query("SELECT pg_notify('streets', '')")
}

const fitColumns = columnsOf(
  [
    ...['source', 'priority', 'intercept_s', 'slope', 'n', 'kept', 'error_s_p50', 'error_s_p90'],
    ...['error_before_s_p50', 'fitted_at'],
  ],
  'f',
)

/** At most one for each source and priority. */
export async function readFits(db: Database): Promise<DriveFitShown[]> {
  const text = `SELECT ${fitColumns} FROM drive_fits f ORDER BY f.source, f.priority`
  return (await db.pool.query<DriveFitShown>({ name: 'drive-fits', text })).rows
}

export async function writeFit(connection: Connection, fit: DriveFitShown): Promise<void> {
  const names = Object.keys(fit)
  const text = `INSERT INTO drive_fits (${names.join(', ')})
    VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})
    ON CONFLICT (source, priority) DO UPDATE SET
      ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`
  await connection.query(text, Object.values(fit))
}
