import { type AssignmentStatus, endedAssignments } from '@toneout/contract/model/assignment.ts'
import type { DutyStatus, Unit } from '@toneout/contract/model/unit.ts'
import { type Connection, listOf } from '../lib/db.ts'

/** A unit as it is stored, without what follows from its assignment. */
export type StoredUnit = Omit<Unit, 'status' | 'assignment_id' | 'incident_id'> & { duty: DutyStatus }

/** The unit, held until the transaction ends: whoever binds or frees a unit holds this lock too. */
export async function lockUnit(connection: Connection, id: number): Promise<StoredUnit | undefined> {
  const text = `SELECT id, unit_number, unit_type, duty, capabilities, equipment, station_id,
    moved_to_station_id, max_patients, latitude, longitude, position_at, retired_at
    FROM units WHERE id = $1 FOR NO KEY UPDATE`
  return (await connection.query<StoredUnit>(text, [id])).rows[0]
}

/**
 * Status of the unit's live assignment; undefined while free. A statement after the lock, so that it sees
 * what the one who held the lock before has left.
 */
export async function findLiveStatus(
  connection: Connection,
  unitId: number,
): Promise<AssignmentStatus | undefined> {
  const text = `SELECT status FROM assignments
    WHERE unit_id = $1 AND status NOT IN ${listOf(endedAssignments)}`
  return (await connection.query<{ status: AssignmentStatus }>(text, [unitId])).rows[0]?.status
}

/** Whether the station is in use, held so that nobody retires it meanwhile; undefined when there is none. */
export async function holdStation(connection: Connection, id: number): Promise<boolean | undefined> {
  const text = 'SELECT retired_at IS NULL AS in_use FROM stations WHERE id = $1 FOR SHARE'
  return (await connection.query<{ in_use: boolean }>(text, [id])).rows[0]?.in_use
}

/** The new unit's id. Names of columns are the fields of the contract. */
export async function insertUnit(connection: Connection, row: Record<string, unknown>): Promise<number> {
  const names = Object.keys(row)
  const text = `INSERT INTO units (${names.join(', ')})
    VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING id`
  const made = await connection.query<{ id: number }>(text, Object.values(row))
  return made.rows[0]?.id as number
}

export async function updateUnit(
  connection: Connection,
  id: number,
  changes: Record<string, unknown>,
): Promise<void> {
  const set = Object.keys(changes).map((name, at) => `${name} = $${at + 2}`)
  await connection.query(`UPDATE units SET ${set.join(', ')} WHERE id = $1`, [id, ...Object.values(changes)])
}

/** Whether a statement failed because another unit has this number. */
export function isNumberTaken(error: unknown): boolean {
  return (error as { constraint?: string }).constraint === 'units_unit_number_key'
}

export async function findStationName(connection: Connection, id: number): Promise<string> {
  const text = 'SELECT name FROM stations WHERE id = $1'
  return (await connection.query<{ name: string }>(text, [id])).rows[0]?.name as string
}
