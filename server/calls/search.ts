import { isTerminal, priorityLevels } from '@toneout/contract/model/call.ts'
import type { CallQuery } from '@toneout/contract/operations/calls.ts'
import type { Context } from '../context.ts'
import { sql } from '../lib/db.ts'
import type { Page } from '../lib/keyset-page.ts'
import { readNewestPage, type SortedList } from '../lib/newest-page.ts'
import type { Vault } from '../lib/vault.ts'
import { indexOf } from './caller.ts'
import { foundBy, hitsOf, within } from './found-calls.ts'
import { callColumns, type SealedCall } from './store.ts'

export type Filters = Omit<CallQuery, 'ordering' | 'page_size' | 'cursor' | 'more'>

/** What is found by its number or its place stands above what was only spoken of. */
const surest = 999_999_999

/**
 * Sort keys that are never null: a priority by urgency (0 = not known), an open call's end after all others.
 * Migrations have indexes of the same words.
 */
function sortKey(ordering: CallQuery['ordering']): string {
  if (ordering.endsWith('priority_level')) {
    return `coalesce(array_position(ARRAY['${priorityLevels.join("','")}'], c.priority_level), 0)`
  }
  if (ordering === 'relevance') return `coalesce(hit.rank, ${surest})`
  if (ordering === 'completed_at') return `coalesce(c.completed_at, 'infinity')`
  return ordering === '-completed_at' ? `coalesce(c.completed_at, '-infinity')` : 'c.created_at'
}

/** Conditions in the words of the indexes of those few rows. */
const rare = {
  lost_contact: { true: sql`c.lost_contact`, false: sql`NOT c.lost_contact` },
  over_target: { true: sql`c.over_target`, false: sql`c.over_target = false` },
  open: { true: sql`c.completed_at IS NULL`, false: sql`c.status IN ('COMPLETED', 'CANCELLED')` },
} as const

function* equals(query: Filters) {
  for (const name of ['status', 'emergency_type', 'priority_level', 'answered_by'] as const) {
    if (query[name] !== undefined) yield sql`${sql.ref(`c.${name}`)} = ${query[name]}`
  }
  for (const name of ['lost_contact', 'over_target', 'open'] as const) {
    if (query[name] !== undefined) yield rare[name][`${query[name]}`]
  }
  if (query.status && !isTerminal(query.status)) yield rare.open.true
  if (query.review) yield sql`c.review = ${sql.lit(query.review)}`
  if (query.tag !== undefined) yield sql`c.tags <> '{}' AND c.tags @> ARRAY[${query.tag}]::text[]`
  if (query.ids) yield sql`c.id = ANY(${query.ids}::bigint[])`
  if (query.incident_id !== undefined) yield sql`c.incident_id = ${query.incident_id}::bigint`
}

/** SQL conditions of the filters; the same for the page, its count and an export. */
export function conditions(query: Filters, vault: Vault) {
  const all = [sql`true`, ...equals(query), ...within(query, 'c')]
  if (query.caller_number !== undefined) {
    all.push(sql`c.caller_index = ${indexOf(vault, query.caller_number)}`)
  }
  if (query.search) all.push(foundBy(query.search, query, vault))
  return sql.join(all, sql` AND `)
}

/** Calls, and beside them how much was said with the words of the search. */
function ranked(query: Filters) {
  const hits = hitsOf(query.search ?? '', query)
  return hits
    ? sql`calls c LEFT JOIN (${hits}) AS hit ON hit.call_id = c.id`
    : sql`calls c LEFT JOIN (SELECT 0::bigint AS call_id, 0 AS rank) AS hit ON hit.call_id = c.id`
}

/** The list that a query asks for; without words that are looked for, none is more relevant than another. */
export function callList(query: Omit<CallQuery, 'page_size' | 'cursor' | 'more'>, vault: Vault): SortedList {
  const { ordering } = query
  const byInt = ordering.endsWith('priority_level') || ordering === 'relevance'
  return {
    name: ordering,
    columns: callColumns,
    from: ordering === 'relevance' ? ranked(query) : 'calls c',
    where: conditions(query, vault),
    key: sortKey(ordering),
    keyType: byInt ? 'int' : 'timestamptz',
    ...(ordering === 'relevance' ? { second: 'c.created_at' } : { rows: 'calls c' }),
    id: 'c.id',
    newestFirst: ordering.startsWith('-') || ordering === 'relevance',
  }
}

/** A page of calls; undefined when the cursor is not one of this list and ordering. */
export function readCalls({ db, vault }: Context, query: CallQuery): Promise<Page<SealedCall> | undefined> {
  return readNewestPage<SealedCall>(db, callList(query, vault), query)
}
