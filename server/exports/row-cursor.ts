import type { CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { Database } from '../lib/db.ts'

export type Row = Readonly<Record<string, unknown>>

/** Rows held at once of each export. */
const batch = 500
/** A sort of a million rows is waited for; a client that reads nothing for a minute is not. */
const patience = `SET LOCAL statement_timeout = '60s'; SET LOCAL idle_in_transaction_session_timeout = '60s'`
const batchMs = 65_000

export type RowCursor = {
  /** The next rows; none at the end. */
  next: () => Promise<Row[]>
  /** Ends what runs in the database, at once, and gives the connection back. */
  close: () => Promise<void>
}

/** Rows of a statement as they are now, read in parts by whoever asks for the next; holds one connection. */
export async function openCursor(db: Database, { sql, parameters }: CompiledQuery): Promise<RowCursor> {
  const connection = await db.pool.connect()
  let fetching: Promise<unknown> | undefined
  let [whole, closed] = [false, false]
  const run = async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) => {
    const query = { text, values, query_timeout: batchMs } as pg.QueryConfig
    const asked = connection.query<R>(query)
    fetching = asked
    const { rows } = await asked.finally(() => {
      fetching = undefined
    })
    return rows
  }
  let pid = 0
  try {
    await connection.query(`BEGIN READ ONLY; ${patience}`)
    pid = (await run<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid ?? 0
    await run(`DECLARE exported NO SCROLL CURSOR FOR ${sql}`, [...parameters])
  } catch (error) {
    connection.release(true)
    throw error
  }
  return {
    async next() {
      if (whole) return []
      // The connection may be somebody else's by now.
      if (closed) throw new Error('The cursor is closed.')
      const rows = await run<pg.QueryResultRow>(`FETCH ${batch} FROM exported`)
      whole = rows.length < batch
      return rows
    },
    async close() {
      closed = true
      const running = fetching
      if (running) {
        // The connection is not lent again before this has answered, so nobody else's statement is ended.
        await db.pool.query('SELECT pg_cancel_backend($1)', [pid]).catch(() => {})
        await running.catch(() => {})
      }
      if (!whole) return connection.release(true)
      await connection.query('COMMIT').then(
        () => connection.release(),
        () => connection.release(true),
      )
    },
  }
}
