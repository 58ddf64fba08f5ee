import { type Assignment, assignment } from '@toneout/contract/model/assignment.ts'
import type { Fact } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { IncidentQuery } from '@toneout/contract/operations/incidents.ts'
import { columnsOf, type Database, sql } from '../lib/db.ts'
import { anywhere } from '../lib/keyset-page.ts'
import { incidentColumns } from './store.ts'

export async function findIncident(db: Database, id: number): Promise<Incident | undefined> {
  const text = `SELECT ${incidentColumns} FROM incidents i WHERE i.id = $1`
  return (await db.pool.query<Incident>({ name: 'find-incident', text, values: [id] })).rows[0]
}

const assignmentColumns = columnsOf(Object.keys(assignment.shape), 'a')

/** All assignments of an incident, in the order they were made. */
export async function readAssignments(db: Database, incidentId: number): Promise<Assignment[]> {
  const text = `SELECT ${assignmentColumns} FROM assignments a WHERE a.incident_id = $1 ORDER BY a.id`
  return (await db.pool.query<Assignment>({ name: 'incident-assignments', text, values: [incidentId] })).rows
}

export type After = { received_at: string; id: number }

/** A page of incidents, newest first, and whether there are more. */
export async function readIncidents(
  db: Database,
  query: IncidentQuery,
  after: After | undefined,
): Promise<{ rows: Incident[]; more: boolean }> {
  const where = [sql`true`]
  for (const name of ['status', 'priority', 'emergency_type'] as const) {
    if (query[name] !== undefined) where.push(sql`${sql.ref(`i.${name}`)} = ${query[name]}`)
  }
  if (query.open !== undefined)
    where.push(query.open ? sql`i.closed_at IS NULL` : sql`i.closed_at IS NOT NULL`)
  if (query.search) {
    const part = anywhere(query.search)
    where.push(sql`(i.incident_number ILIKE ${part} OR i.location ILIKE ${part} OR i.notes ILIKE ${part})`)
  }
  if (after) where.push(sql`(i.received_at, i.id) < (${after.received_at}::timestamptz, ${after.id}::bigint)`)
  const found = await sql<Incident>`SELECT ${sql.raw(incidentColumns)} FROM incidents i
    WHERE ${sql.join(where, sql` AND `)}
    ORDER BY i.received_at DESC, i.id DESC LIMIT ${query.page_size + 1}`.execute(db.kysely)
  return { rows: found.rows.slice(0, query.page_size), more: found.rows.length > query.page_size }
}

/** Facts about an incident or about its calls, after a fact's id. */
export async function readTimeline(
  db: Database,
  incidentId: number,
  after: number,
  limit: number,
): Promise<{ results: Fact[]; more: boolean }> {
  const text = `SELECT id, at, type, json_build_object('kind', actor_kind, 'id', actor_id, 'name', actor_name)
      AS actor, call_id, incident_id, unit_id, data
    FROM facts WHERE id > $2 AND id IN (
      SELECT id FROM facts WHERE incident_id = $1
      UNION SELECT f.id FROM facts f JOIN calls c ON c.id = f.call_id WHERE c.incident_id = $1)
    ORDER BY id LIMIT $3 + 1`
  const found = await db.pool.query<Fact>({
    name: 'incident-timeline',
    text,
    values: [incidentId, after, limit],
  })
  return { results: found.rows.slice(0, limit), more: found.rows.length > limit }
}
