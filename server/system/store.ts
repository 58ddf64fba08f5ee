import type { Database } from '../lib/db.ts'

/** Whether the database takes writes, and how many migrations it holds. */
export async function readState(db: Database): Promise<{ writable: boolean; applied: number } | undefined> {
  const text = `SELECT
    NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off' AS writable,
    (SELECT count(*) FROM migrations) AS applied`
  return (await db.pool.query<{ writable: boolean; applied: number }>(text)).rows[0]
}
