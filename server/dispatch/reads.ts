import { type Assignment, assignment, endedAssignments, isLive } from '@toneout/contract/model/assignment.ts'
import type { AssignmentQuery, OwnAssignment } from '@toneout/contract/operations/assignments.ts'
import { columnsOf, type Database, listOf, sql } from '../lib/db.ts'
import { anywhere, type Page } from '../lib/keyset-page.ts'
import { readNewestPage, type SortedList } from '../lib/newest-page.ts'

const columns = columnsOf(Object.keys(assignment.shape), 'a')
const live = `a.status NOT IN ${listOf(endedAssignments)}`
const ended = `a.status IN ${listOf(endedAssignments)}`

/** A condition that each status implies, in the words of the index for it (migrations 0007 and 0009). */
function kindOf(status: NonNullable<AssignmentQuery['status']>): string {
  if (isLive(status)) return live
  return status === 'CLEARED' ? ended : `a.status IN ('CANCELLED', 'DIVERTED')`
}

const rowFilters = ['incident_id', 'unit_id', 'paramedic_id', 'hospital_id', 'dispatcher_id'] as const

/** The list that a query asks for; its first page is read from one index, whichever filter is given. */
export function assignmentList(query: Omit<AssignmentQuery, 'page_size' | 'cursor'>): SortedList {
  const all = [sql`true`]
  if (query.status) all.push(sql`a.status = ${query.status} AND ${sql.raw(kindOf(query.status))}`)
  if (query.live !== undefined) all.push(sql.raw(query.live ? live : ended))
  for (const name of rowFilters) {
    if (query[name] !== undefined) all.push(sql`${sql.ref(`a.${name}`)} = ${query[name]}::bigint`)
  }
  if (query.search) {
    const part = anywhere(query.search)
    all.push(sql`(a.reason ILIKE ${part}
      OR a.unit_id IN (SELECT u.id FROM units u WHERE u.unit_number ILIKE ${part})
      OR a.incident_id IN (SELECT i.id FROM incidents i WHERE i.incident_number ILIKE ${part}))`)
  }
  if (query.assigned_after) all.push(sql`a.assigned_at >= ${query.assigned_after}::timestamptz`)
  if (query.assigned_before) all.push(sql`a.assigned_at < ${query.assigned_before}::timestamptz`)
  return {
    name: query.ordering,
    columns,
    from: 'assignments a',
    where: sql.join(all, sql` AND `),
    key: 'a.assigned_at',
    keyType: 'timestamptz',
    id: 'a.id',
    newestFirst: query.ordering === '-assigned_at',
  }
}

/** A page of assignments; undefined when the cursor is not one of this list and ordering. */
export function readAssignments(db: Database, query: AssignmentQuery): Promise<Page<Assignment> | undefined> {
  return readNewestPage<Assignment>(db, assignmentList(query), query)
}

export async function findAssignment(db: Database, id: number): Promise<Assignment | undefined> {
  const text = `SELECT ${columns} FROM assignments a WHERE a.id = $1`
  return (await db.pool.query<Assignment>({ name: 'find-assignment', text, values: [id] })).rows[0]
}

/** The live assignment that a person leads, otherwise that of the unit whose crew the person is in. */
export async function findOwnAssignment(db: Database, personId: number): Promise<OwnAssignment | undefined> {
  const text = `SELECT ${columns}, json_build_object('id', i.id, 'incident_number', i.incident_number,
      'status', i.status, 'priority', i.priority, 'emergency_type', i.emergency_type,
      'location', i.location, 'latitude', i.latitude, 'longitude', i.longitude, 'notes', i.notes) AS incident
    FROM assignments a JOIN incidents i ON i.id = a.incident_id
    WHERE ${live} AND (a.paramedic_id = $1
      OR a.unit_id = (SELECT p.unit_id FROM paramedics p WHERE p.person_id = $1))
    ORDER BY a.paramedic_id IS NOT DISTINCT FROM $1 DESC LIMIT 1`
  return (await db.pool.query<OwnAssignment>({ name: 'own-assignment', text, values: [personId] })).rows[0]
}
