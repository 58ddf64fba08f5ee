import type { RawBuilder } from 'kysely'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { type Database, sql } from './db.ts'
import type { Page } from './keyset-page.ts'

/**
 * A list that may hold a million rows, in the order of a sort key and, among equal keys, of the row's id,
 * both the same way. A first page reads no more than it shows when the table has an index on the columns that
 * a filter compares, then the key, then the id, the last two in one direction.
 */
export type SortedList = {
  /** Of the list and its ordering, such as `-assigned_at`: a cursor fits only the list it was made for. */
  name: string
  /** What is selected, such as `a.id, a.status`; like all texts here never words that a client sent. */
  columns: string
  /** Table and alias, such as `assignments a`, or a statement's own FROM. */
  from: string | RawBuilder<unknown>
  /**
   * The table by itself, when an index has all that is filtered and sorted by: then rows are found in the
   * index alone and only those of the page are read.
   */
  rows?: string
  where: RawBuilder<unknown>
  /** Column or expression that is never null, such as `a.assigned_at`. */
  key: string
  /** How keys compare: as instants, or as ranks of up to nine digits. */
  keyType: 'timestamptz' | 'int'
  /** A column of instants that is never null and tells among equal keys, before the id does. */
  second?: string
  /** Such as `a.id`. */
  id: string
  newestFirst: boolean
}

/** What a page begins after: the sort key and id of the row before it, read forward or backward. */
type Start = { key: string; second?: string; id: number; backward: boolean }

/** Whether it is PostgreSQL's text of an instant, in UTC; days that no calendar has are not. */
function isInstantText(text: string): boolean {
  if (/^-?infinity$/.test(text)) return true
  if (!/^(?!0000)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(text)) return false
  const at = new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text.slice(0, 10))
}

const isKey = { timestamptz: isInstantText, int: (text: string) => /^\d{1,9}$/.test(text) }

/** undefined when the cursor is not one of this list's. */
function readStart(list: SortedList, cursor: string): Start | undefined {
  const [of, key, id, way, second] = decodeCursor(cursor) ?? []
  const fits =
    of === list.name && typeof key === 'string' && isKey[list.keyType](key) && Number.isSafeInteger(id)
  if (!fits || (way !== 'b' && way !== 'f')) return undefined
  const start = { key, id: id as number, backward: way === 'b' }
  if (list.second === undefined) return start
  return typeof second === 'string' && isInstantText(second) ? { ...start, second } : undefined
}

/** ORDER BY of the list, or of the list read backwards. */
export function orderOf({ key, second, id }: SortedList, down: boolean): string {
  const sorted = [key, ...(second === undefined ? [] : [second]), id]
  return sorted.map((one) => `${one} ${down ? 'DESC' : 'ASC'}`).join(', ')
}

type SortKeys = { sort_key: string; sort_second: string | null; sort_id: number }

/** FROM as it stands in a statement. */
export const fromOf = ({ from }: Pick<SortedList, 'from'>) =>
  typeof from === 'string' ? sql.raw(from) : from

/** The statement of a page, one row more than it shows; of a first page when `start` is undefined. */
export function pageStatement<Row>(list: SortedList, page_size: number, start?: Start) {
  const { key, id, keyType, second } = list
  const sorted = [key, ...(second === undefined ? [] : [second]), id]
  const down = list.newestFirst !== (start?.backward ?? false)
  const between = start?.second === undefined ? sql`` : sql`${start.second}::timestamptz,`
  const after = start
    ? sql`AND (${sql.raw(`${sorted.join(', ')}) ${down ? '<' : '>'}`)}
        (${start.key}::${sql.raw(keyType)}, ${between} ${start.id}::bigint)`
    : sql``
  const order = sql.raw(orderOf(list, down))
  const sortKeys = sql`(${sql.raw(key)})::text AS sort_key,
    ${sql.raw(second === undefined ? 'NULL' : `${second}::text`)} AS sort_second, ${sql.raw(id)} AS sort_id`
  const chosen = sql`FROM ${fromOf(list)} WHERE ${list.where} ${after}
    ORDER BY ${order} LIMIT ${page_size + 1}`
  if (list.rows === undefined) {
    return sql<Row & SortKeys>`SELECT ${sql.raw(list.columns)}, ${sortKeys} ${chosen}`
  }
  return sql<Row & SortKeys>`WITH near AS MATERIALIZED (SELECT ${sql.raw(id)} AS near_id ${chosen})
    SELECT ${sql.raw(list.columns)}, ${sortKeys}
    FROM near JOIN ${sql.raw(list.rows)} ON ${sql.raw(id)} = near_id
    ORDER BY ${order}`
}

const exactTo = 10_000

type Counted = Pick<SortedList, 'from' | 'where'>
const allOf = (list: Counted) => sql`SELECT 1 FROM ${fromOf(list)} WHERE ${list.where}`

/** Counts the rows of a list, no further than they are told exactly. */
export const countStatement = (list: Counted) =>
  sql<{ n: number }>`SELECT count(*) AS n FROM (${allOf(list)} LIMIT ${exactTo + 1}) AS counted`

/** Exact to 10,000 rows; above that the planner's estimate, so that no list counts a million rows. */
export async function countRows(db: Database, list: Pick<SortedList, 'from' | 'where'>) {
  const counted = await countStatement(list).execute(db.kysely)
  const n = counted.rows[0]?.n ?? 0
  if (n <= exactTo) return { count: n, count_exact: true }
  type Plan = { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }
  const explained = await sql<Plan>`EXPLAIN (FORMAT JSON) ${allOf(list)}`.execute(db.kysely)
  const estimate = explained.rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? n
  return { count: Math.max(estimate, n), count_exact: false }
}

/**
 * A page of the list, with cursors in `next` and `previous`, null at the ends; `count` is exact to 10,000 and
 * an estimate above. undefined when the cursor is not one of this list's. Rows that come in or go between two
 * pages move none of the others.
 */
export async function readNewestPage<Row>(
  db: Database,
  list: SortedList,
  { cursor, page_size }: { cursor?: string; page_size: number },
): Promise<Page<Row> | undefined> {
  const start = cursor === undefined ? undefined : readStart(list, cursor)
  if (cursor !== undefined && start === undefined) return undefined
  const [found, counted] = await Promise.all([
    pageStatement<Row>(list, page_size, start).execute(db.kysely),
    countRows(db, list),
  ])
  const rows = found.rows.slice(0, page_size)
  const more = found.rows.length > page_size
  const backward = start?.backward ?? false
  if (backward) rows.reverse()
  const at = (row: (typeof rows)[number] | undefined, way: 'f' | 'b') =>
    row
      ? encodeCursor([
          list.name,
          row.sort_key,
          row.sort_id,
          way,
          ...(row.sort_second ? [row.sort_second] : []),
        ])
      : null
  return {
    ...counted,
    next: backward || more ? at(rows.at(-1), 'f') : null,
    previous: (backward ? more : start !== undefined) ? at(rows[0], 'b') : null,
    results: rows.map(({ sort_key: _, sort_second: __, sort_id: ___, ...row }) => row as Row),
  }
}
