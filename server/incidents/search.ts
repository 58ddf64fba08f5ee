import { type Incident, incidentStatuses } from '@toneout/contract/model/incident.ts'
import type { IncidentQuery } from '@toneout/contract/operations/incident-lists.ts'
import { type Database, sql } from '../lib/db.ts'
import { anywhere, type Page } from '../lib/keyset-page.ts'
import { readNewestPage, type SortedList } from '../lib/newest-page.ts'
import { isEnded } from './rules.ts'
import { incidentColumns } from './store.ts'

type Filters = Omit<IncidentQuery, 'ordering' | 'page_size' | 'cursor'>

/** Open or ended, also where that follows from the words of the status: so the index of open ones serves. */
function isOpen({ open, status }: Filters): boolean[] {
  const asked = status ?? incidentStatuses
  const followed = asked.every(isEnded) ? [false] : asked.some(isEnded) ? [] : [true]
  return open === undefined ? followed : [open, ...followed]
}

/** SQL conditions of the filters; the same for the page and its count. */
export function conditions(query: Filters) {
  const all = [sql`true`]
  for (const open of isOpen(query)) all.push(open ? sql`i.closed_at IS NULL` : sql`i.closed_at IS NOT NULL`)
  if (query.status !== undefined) all.push(sql`i.status = ANY(${query.status}::text[])`)
  if (query.priority !== undefined) all.push(sql`i.priority = ${query.priority}`)
  if (query.emergency_type !== undefined) all.push(sql`i.emergency_type = ${query.emergency_type}`)
  if (query.awaiting_close !== undefined) {
    all.push(
      query.awaiting_close ? sql`i.awaiting_close_since IS NOT NULL` : sql`i.awaiting_close_since IS NULL`,
    )
  }
  if (query.received_after) all.push(sql`i.received_at >= ${query.received_after}::timestamptz`)
  if (query.received_before) all.push(sql`i.received_at < ${query.received_before}::timestamptz`)
  if (query.search) {
    const part = anywhere(query.search)
    all.push(sql`(i.incident_number ILIKE ${part} OR i.location ILIKE ${part} OR i.notes ILIKE ${part})`)
  }
  return sql.join(all, sql` AND `)
}

const byTime = { key: 'i.received_at', keyType: 'timestamptz' } as const
const byUrgency = { key: 'i.priority', keyType: 'int', second: 'i.received_at' } as const

/** The list that a query asks for. */
export function incidentList(query: Omit<IncidentQuery, 'page_size' | 'cursor'>): SortedList {
  const { ordering } = query
  return {
    name: `incidents ${ordering}`,
    columns: incidentColumns,
    from: 'incidents i',
    where: conditions(query),
    ...(ordering === 'priority' ? byUrgency : byTime),
    id: 'i.id',
    newestFirst: ordering === '-received_at',
  }
}

/** A page of incidents; undefined when the cursor is not one of this list and ordering. */
export function readIncidents(db: Database, query: IncidentQuery): Promise<Page<Incident> | undefined> {
  return readNewestPage<Incident>(db, incidentList(query), query)
}
