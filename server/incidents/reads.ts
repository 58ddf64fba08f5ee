import { type Assignment, assignment } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import {
  type Course,
  type IncidentIntervals,
  intervalsOfIncident,
} from '@toneout/contract/model/intervals.ts'
import type { Unit, UnitType } from '@toneout/contract/model/unit.ts'
import { columnsOf, type Database } from '../lib/db.ts'
import { incidentColumns } from './store.ts'

export async function findIncident(db: Database, id: number): Promise<Incident | undefined> {
  const text = `SELECT ${incidentColumns} FROM incidents i WHERE i.id = $1`
  return (await db.pool.query<Incident>({ name: 'find-incident', text, values: [id] })).rows[0]
}

/** Incidents in any order; ended ones too. */
export async function findIncidents(db: Database, ids: readonly number[]): Promise<Incident[]> {
  const text = `SELECT ${incidentColumns} FROM incidents i WHERE i.id = ANY($1::bigint[])`
  return (await db.pool.query<Incident>({ name: 'find-incidents', text, values: [ids] })).rows
}

const assignmentColumns = columnsOf(Object.keys(assignment.shape), 'a')

/** Assignments in any order; ended ones too. */
export async function findAssignments(db: Database, ids: readonly number[]): Promise<Assignment[]> {
  const text = `SELECT ${assignmentColumns} FROM assignments a WHERE a.id = ANY($1::bigint[])`
  return (await db.pool.query<Assignment>({ name: 'find-assignments', text, values: [ids] })).rows
}

/** All assignments of an incident, in the order they were made, with the kinds of their units. */
async function readSent(db: Database, incidentId: number) {
  const text = `SELECT ${assignmentColumns}, u.unit_type FROM assignments a JOIN units u ON u.id = a.unit_id
    WHERE a.incident_id = $1 ORDER BY a.id`
  type Sent = Assignment & { unit_type: UnitType }
  return (await db.pool.query<Sent>({ name: 'incident-assignments', text, values: [incidentId] })).rows
}

type SentUnit = Pick<Unit, 'id' | 'unit_number' | 'unit_type'>

/** All assignments of an incident with their units, in the order they were made. */
export async function findSentUnits(db: Database, incidentId: number) {
  const text = `SELECT to_jsonb(u) AS unit FROM (SELECT u.id, u.unit_number, u.unit_type, a.id AS sent
      FROM assignments a JOIN units u ON u.id = a.unit_id WHERE a.incident_id = $1) u ORDER BY u.sent`
  const { rows } = await db.pool.query<{ unit: SentUnit }>(text, [incidentId])
  return rows.map(({ unit }) => unit)
}

async function findFirstCall(db: Database, incidentId: number): Promise<Course['call']> {
  const text = `SELECT c.created_at, c.answered_at FROM calls c WHERE c.incident_id = $1
    ORDER BY c.created_at, c.id LIMIT 1`
  type First = NonNullable<Course['call']>
  const found = await db.pool.query<First>({ name: 'incident-first-call', text, values: [incidentId] })
  return found.rows[0] ?? null
}

type InFull = Incident & { assignments: Assignment[]; intervals: IncidentIntervals }

/** An incident with all its assignments, and the intervals that follow from them and its first call. */
export async function findIncidentInFull(db: Database, id: number): Promise<InFull | undefined> {
  const [incident, sent, call] = await Promise.all([
    findIncident(db, id),
    readSent(db, id),
    findFirstCall(db, id),
  ])
  if (!incident) return undefined
  const intervals = intervalsOfIncident({ received_at: incident.received_at, call, sent })
  return { ...incident, assignments: sent.map(({ unit_type: _, ...one }) => one), intervals }
}
