import { priorityLevels } from '@toneout/contract/model/call.ts'
import type { CallQuery } from '@toneout/contract/operations/calls.ts'
import type { Context } from '../context.ts'
import { sql } from '../lib/db.ts'
import { anywhere, type Page } from '../lib/keyset-page.ts'
import { readNewestPage, type SortedList } from '../lib/newest-page.ts'
import type { Vault } from '../lib/vault.ts'
import { indexOf, mayFindNumber } from './caller.ts'
import { callColumns, type SealedCall } from './store.ts'
import { wordsOf } from './words.ts'

/**
 * Sort keys that are never null: a priority by urgency (0 = not known), an open call's end after all others.
 */
function sortKey(ordering: CallQuery['ordering']): string {
  if (ordering.endsWith('priority_level')) {
    return `coalesce(array_position(ARRAY['${priorityLevels.join("','")}'], c.priority_level), 0)`
  }
  if (ordering === 'completed_at') return `coalesce(c.completed_at, 'infinity')`
  return ordering === '-completed_at' ? `coalesce(c.completed_at, '-infinity')` : 'c.created_at'
}

/** SQL conditions of the filters; the same for the page, its count and an export. */
export function conditions(query: Omit<CallQuery, 'ordering' | 'page_size' | 'cursor'>, vault: Vault) {
  const isFrom = (number: string) => sql`c.caller_index = ${indexOf(vault, number)}`
  const all = [sql`true`]
  for (const name of ['status', 'emergency_type', 'priority_level', 'answered_by'] as const) {
    if (query[name] !== undefined) all.push(sql`${sql.ref(`c.${name}`)} = ${query[name]}`)
  }
  if (query.caller_number !== undefined) all.push(isFrom(query.caller_number))
  if (query.incident_id !== undefined) all.push(sql`c.incident_id = ${query.incident_id}::bigint`)
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
    const from = mayFindNumber(query.search) ? isFrom(query.search) : sql`false`
    all.push(sql`(${from} OR c.location ILIKE ${part} OR c.incident_number ILIKE ${part}
      OR ${said})`)
  }
  return sql.join(all, sql` AND `)
}

/** The list that a query asks for. */
export function callList(query: Omit<CallQuery, 'page_size' | 'cursor'>, vault: Vault): SortedList {
  const { ordering } = query
  return {
    name: ordering,
    columns: callColumns,
    from: 'calls c',
    where: conditions(query, vault),
    key: sortKey(ordering),
    keyType: ordering.endsWith('priority_level') ? 'int' : 'timestamptz',
    id: 'c.id',
    newestFirst: ordering.startsWith('-'),
  }
}

/** A page of calls; undefined when the cursor is not one of this list and ordering. */
export function readCalls({ db, vault }: Context, query: CallQuery): Promise<Page<SealedCall> | undefined> {
  return readNewestPage<SealedCall>(db, callList(query, vault), query)
}
