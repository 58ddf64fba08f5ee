import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import type { DelayNote } from '@toneout/contract/model/crew.ts'
import { type Connection, listOf } from '../lib/db.ts'

const ended = listOf(endedAssignments)

/** The live assignment of somebody, held against a change until the transaction ends. */
export async function holdOwnAssignment(
  connection: Connection,
  { id, person }: { id: number; person: number },
): Promise<{ unit_id: number; incident_id: number; isLive: boolean } | undefined> {
  const text = `SELECT a.unit_id, a.incident_id, a.status NOT IN ${ended} AS "isLive" FROM assignments a
    WHERE a.id = $1 AND (a.paramedic_id = $2
      OR a.unit_id = (SELECT p.unit_id FROM paramedics p WHERE p.person_id = $2)) FOR SHARE OF a`
  return (await connection.query({ name: 'hold-own-assignment', text, values: [id, person] })).rows[0]
}

type Delay = DelayNote & { person: number; assignment_id: number; happened_at: string; now: string }

/** Writes what holds a crew up; false when this press was written before. */
export async function insertDelay(connection: Connection, one: Delay): Promise<boolean> {
  const text = `INSERT INTO crew_delays
      (person_id, press_id, assignment_id, cause, minutes, reason, happened_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`
  const { person, press_id, assignment_id, cause, minutes = null, reason, happened_at, now } = one
  const values = [person, press_id, assignment_id, cause, minutes, reason || null, happened_at, now]
  return (await connection.query({ name: 'insert-delay', text, values })).rowCount === 1
}
