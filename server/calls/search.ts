import { priorityLevels } from '@toneout/contract/model/call.ts'
import { readInstant } from '@toneout/contract/model/text.ts'
import type { CallQuery } from '@toneout/contract/operations/calls.ts'
import type { Context } from '../context.ts'
import { decodeCursor, encodeCursor } from '../lib/cursor.ts'
import { sql } from '../lib/db.ts'
import { anywhere } from '../lib/keyset-page.ts'
import type { Vault } from '../lib/vault.ts'
import { indexOf } from './caller.ts'
import { callColumns, type SealedCall } from './store.ts'
import { wordsOf } from './words.ts'

/** What a page begins after: the sort key and id of the row before it, read forward or backward. */
export type PageStart = { key: string; id: number; backward: boolean }

/** Position in a list as a cursor; it fits only the ordering it was made for. */
export function makeCursor(ordering: string, { key, id, backward }: PageStart): string {
  return encodeCursor([ordering, key, id, backward ? 'b' : 'f'])
}

/** undefined when the cursor is not one of this ordering's. */
export function readCursor(ordering: string, cursor: string): PageStart | undefined {
  const [of, key, id, way] = decodeCursor(cursor) ?? []
  const fits =
    of === ordering && typeof key === 'string' && Number.isSafeInteger(id) && (way === 'b' || way === 'f')
  const isInstant = (text: string) =>
    /^-?infinity$/.test(text) || readInstant(text.replace(/([+-]\d\d)$/, '$1:00')) !== undefined
  const readable = fits && (of.endsWith('priority_level') ? /^\d$/.test(key) : isInstant(key))
  return readable ? { key, id: id as number, backward: way === 'b' } : undefined
}

/**
 * Sort keys that are never null: a priority by urgency (0 = not known), an open call's end after all others.
 */
function sortKey(ordering: CallQuery['ordering']) {
  if (ordering.endsWith('priority_level')) {
    return sql.raw(`coalesce(array_position(ARRAY['${priorityLevels.join("','")}'], c.priority_level), 0)`)
  }
  if (ordering === 'completed_at') return sql.raw(`coalesce(c.completed_at, 'infinity')`)
  return sql.raw(ordering === '-completed_at' ? `coalesce(c.completed_at, '-infinity')` : 'c.created_at')
}

/** SQL conditions of the filters; the same for the page, its count and, later, an export. */
export function conditions(query: Omit<CallQuery, 'ordering' | 'page_size' | 'cursor'>, vault: Vault) {
  const isFrom = (number: string) => sql`c.caller_index = ${indexOf(vault, number)}`
  const all = [sql`true`]
  for (const name of ['status', 'emergency_type', 'priority_level', 'answered_by'] as const) {
    if (query[name] !== undefined) all.push(sql`${sql.ref(`c.${name}`)} = ${query[name]}`)
  }
  if (query.caller_number !== undefined) all.push(isFrom(query.caller_number))
  if (query.lost_contact !== undefined) all.push(sql`c.lost_contact = ${query.lost_contact}`)
  if (query.created_after) all.push(sql`c.created_at >= ${query.created_after}::timestamptz`)
  if (query.created_before) all.push(sql`c.created_at < ${query.created_before}::timestamptz`)
  if (query.search) {
    const part = anywhere(query.search)
    const words = wordsOf(query.search)
    const said =
      words.length > 0
        ? sql`c.id IN (SELECT i.call_id FROM call_interactions i
          WHERE i.words @@ ${words.join(' & ')}::tsquery)`
        : sql`false`
    all.push(sql`(${isFrom(query.search)} OR c.location ILIKE ${part} OR c.incident_number ILIKE ${part}
      OR ${said})`)
  }
  return sql.join(all, sql` AND `)
}

type Row = SealedCall & { sort_key: string }

/** One row more than the page, in reading order of the page's direction. */
export async function readPage(
  { db, vault }: Context,
  query: CallQuery,
  start: PageStart | undefined,
): Promise<{ rows: Row[]; more: boolean }> {
  const key = sortKey(query.ordering)
  const down = query.ordering.startsWith('-') !== (start?.backward ?? false)
  const way = sql.raw(down ? 'DESC' : 'ASC')
  const type = sql.raw(query.ordering.endsWith('priority_level') ? 'int' : 'timestamptz')
  const after = start
    ? sql`AND (${key}, c.id) ${sql.raw(down ? '<' : '>')} (${start.key}::${type}, ${start.id}::bigint)`
    : sql``
  const found = await sql<Row>`SELECT ${sql.raw(callColumns)}, (${key})::text AS sort_key FROM calls c
    WHERE ${conditions(query, vault)} ${after}
    ORDER BY ${key} ${way}, c.id ${way} LIMIT ${query.page_size + 1}`.execute(db.kysely)
  const rows = found.rows.slice(0, query.page_size)
  return { rows: start?.backward ? rows.reverse() : rows, more: found.rows.length > query.page_size }
}

const exactTo = 10_000

/** Exact to 10,000 rows; above that the planner's estimate, so that no list counts a million rows. */
export async function countCalls(
  { db, vault }: Context,
  query: CallQuery,
): Promise<{ count: number; exact: boolean }> {
  const where = conditions(query, vault)
  const counted = await sql<{ n: number }>`SELECT count(*) AS n FROM
    (SELECT 1 FROM calls c WHERE ${where} LIMIT ${exactTo + 1}) AS counted`.execute(db.kysely)
  const n = counted.rows[0]?.n ?? 0
  if (n <= exactTo) return { count: n, exact: true }
  type Plan = { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }
  const explained = await sql<Plan>`EXPLAIN (FORMAT JSON) SELECT 1 FROM calls c WHERE ${where}`.execute(
    db.kysely,
  )
  const estimate = explained.rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? n
  return { count: Math.max(estimate, n), exact: false }
}
