import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import type { DuressAlarm } from '@toneout/contract/model/crew.ts'
import { type Connection, type Database, listOf } from '../lib/db.ts'

const columns = `d.id, d.unit_id, u.unit_number, p.username AS raised_by, d.pressed_at, d.raised_at,
  d.incident_id, d.latitude, d.longitude, d.acknowledged_at,
  a.username AS acknowledged_by, d.cleared_at, d.reason`
const joined = `JOIN units u ON u.id = d.unit_id JOIN people p ON p.id = d.raised_by
  LEFT JOIN people a ON a.id = d.acknowledged_by`
const from = `duress_alarms d ${joined}`

/** Alarms that stand, the oldest first; a unit has one at most, so there are few. */
export async function readAlarms(db: Database): Promise<DuressAlarm[]> {
  const text = `SELECT ${columns} FROM ${from}
    WHERE d.cleared_at IS NULL ORDER BY d.raised_at, d.id LIMIT 200`
  return (await db.pool.query<DuressAlarm>({ name: 'standing-alarms', text })).rows
}

/** The alarm that stands for a unit, or that the press raised before. */
export async function findAlarm(
  connection: Connection,
  unitId: number,
  press: { person: number; press_id: string },
): Promise<DuressAlarm | undefined> {
  const text = `SELECT ${columns} FROM ${from}
    WHERE (d.unit_id = $1 AND d.cleared_at IS NULL) OR (d.raised_by = $2 AND d.press_id = $3)
    ORDER BY d.press_id = $3 AND d.raised_by = $2 DESC LIMIT 1`
  const values = [unitId, press.person, press.press_id]
  return (await connection.query<DuressAlarm>({ name: 'find-alarm', text, values })).rows[0]
}

export type NewAlarm = {
  unit_id: number
  raised_by: number
  press_id: string
  pressed_at: string
  raised_at: string
  latitude: number | null
  longitude: number | null
}

/** Locks the unit, so that two of its crew raise one alarm. */
export async function lockUnit(connection: Connection, id: number): Promise<void> {
  await connection.query('SELECT FROM units WHERE id = $1 FOR NO KEY UPDATE', [id])
}

export async function insertAlarm(connection: Connection, one: NewAlarm): Promise<void> {
  const text = `INSERT INTO duress_alarms
      (unit_id, raised_by, press_id, pressed_at, raised_at, latitude, longitude, incident_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT a.incident_id FROM assignments a
      WHERE a.unit_id = $1 AND a.status NOT IN ${listOf(endedAssignments)}))`
  const { unit_id, raised_by, press_id, pressed_at, raised_at, latitude, longitude } = one
  const values = [unit_id, raised_by, press_id, pressed_at, raised_at, latitude, longitude]
  await connection.query({ name: 'insert-alarm', text, values })
}

/** Keeps who was first to say that the alarm was seen. */
export async function markSeen(connection: Connection, id: number, at: string, by: number): Promise<void> {
  const text = `UPDATE duress_alarms SET acknowledged_at = $2, acknowledged_by = $3
    WHERE id = $1 AND acknowledged_at IS NULL`
  await connection.query({ name: 'mark-alarm-seen', text, values: [id, at, by] })
}

/** The alarm that stands for a unit. */
export async function standingAlarm(
  connection: Connection,
  unitId: number,
): Promise<DuressAlarm | undefined> {
  const text = `SELECT ${columns} FROM ${from} WHERE d.unit_id = $1 AND d.cleared_at IS NULL`
  return (await connection.query<DuressAlarm>({ name: 'standing-alarm', text, values: [unitId] })).rows[0]
}

/** Clears the alarm that stands for a unit; gives it as it was cleared. */
export async function endAlarm(
  connection: Connection,
  unitId: number,
  { at, by, reason }: { at: string; by: number | null; reason: string },
): Promise<DuressAlarm | undefined> {
  const text = `WITH d AS (UPDATE duress_alarms SET cleared_at = $2, cleared_by = $3, reason = $4
      WHERE unit_id = $1 AND cleared_at IS NULL RETURNING *)
    SELECT ${columns} FROM d ${joined}`
  const values = [unitId, at, by, reason]
  return (await connection.query<DuressAlarm>({ name: 'end-alarm', text, values })).rows[0]
}
