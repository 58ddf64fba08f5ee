import type { RawBuilder } from 'kysely'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { type Database, sql } from './db.ts'

/** A list in the order of one column whose values are text and unique, such as a name. */
export type KeysetList<Row, Key extends keyof Row & string> = {
  /** Says in a cursor which list it belongs to. */
  name: string
  columns: string
  from: string
  where: RawBuilder<unknown>
  /** The column, as the rows name it, and as the statement does. */
  key: Key
  keyColumn: string
}

export type Page<Row> = {
  count: number
  count_exact: boolean
  /** Cursors; null at the ends. */
  next: string | null
  previous: string | null
  results: Row[]
}

type Start = { key: string; backward: boolean }

function readStart(name: string, cursor: string): Start | undefined {
  const [of, key, way] = decodeCursor(cursor) ?? []
  // PostgreSQL cannot take a NUL, nor JSON carry half of a surrogate pair.
  const readable = typeof key === 'string' && !key.includes('\0') && key.isWellFormed()
  return of === name && readable && (way === 'b' || way === 'f') ? { key, backward: way === 'b' } : undefined
}

/**
 * A page of a list that is short enough to be counted; undefined when the cursor is not one of this list's.
 */
export async function readKeysetPage<Row, Key extends keyof Row & string>(
  db: Database,
  list: KeysetList<Row, Key>,
  { cursor, page_size }: { cursor?: string; page_size: number },
): Promise<Page<Row> | undefined> {
  const start = cursor === undefined ? undefined : readStart(list.name, cursor)
  if (cursor !== undefined && start === undefined) return undefined
  const [key, from] = [sql.raw(list.keyColumn), sql.raw(list.from)]
  const backward = start?.backward ?? false
  const after = start ? sql`AND ${key} ${sql.raw(backward ? '<' : '>')} ${start.key}` : sql``
  const order = sql.raw(backward ? 'DESC' : 'ASC')
  const [found, counted] = await Promise.all([
    sql<Row>`SELECT ${sql.raw(list.columns)} FROM ${from} WHERE ${list.where} ${after}
      ORDER BY ${key} ${order} LIMIT ${page_size + 1}`.execute(db.kysely),
    sql<{ n: number }>`SELECT count(*) AS n FROM ${from} WHERE ${list.where}`.execute(db.kysely),
  ])
  const rows = found.rows.slice(0, page_size)
  const more = found.rows.length > page_size
  if (backward) rows.reverse()
  const at = (row: Row | undefined, way: 'f' | 'b') =>
    row ? encodeCursor([list.name, String(row[list.key]), way]) : null
  return {
    count: counted.rows[0]?.n ?? 0,
    count_exact: true,
    next: backward || more ? at(rows.at(-1), 'f') : null,
    previous: (backward ? more : start !== undefined) ? at(rows[0], 'b') : null,
    results: rows,
  }
}

/** A pattern for ILIKE that finds the text anywhere. */
export function anywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
