import type { MovedUnits } from '@toneout/contract/model/fact.ts'
import type { Database } from '../lib/db.ts'

export type MovedUnit = MovedUnits['units'][number]

/**
 * The oldest transaction that may still be running: what every older one wrote is visible from now on, and
 * so is in whatever is read after this.
 */
export async function readMark(db: Database): Promise<string> {
  const text = 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS mark'
  return (await db.pool.query<{ mark: string }>({ name: 'read-mark', text })).rows[0]?.mark as string
}

/**
 * Units in use that were written since the mark, by id; of several reads none misses a unit that was written
 * in between, however late it was committed. The row's own transaction tells, so a report costs no column and
 * no index more; position_at could not tell, because devices report late. Reads the table through, 10,000
 * units in a few milliseconds. Units that were changed otherwise are among them.
 */
export async function readMoved(
  db: Database,
  { mark, after }: { mark: string; after: number },
  limit: number,
): Promise<MovedUnit[]> {
  const text = `SELECT id, latitude, longitude, position_at FROM units
    WHERE age(xmin) <= age($1::xid8::xid) AND id > $2
      AND position_at IS NOT NULL AND retired_at IS NULL
    ORDER BY id LIMIT $3`
  return (await db.pool.query<MovedUnit>({ name: 'read-moved', text, values: [mark, after, limit] })).rows
}
