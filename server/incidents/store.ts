import { type Incident, incident } from '@toneout/contract/model/incident.ts'
import { type Connection, columnsOf } from '../lib/db.ts'
import { insertRows } from '../lib/insert-rows.ts'

export const incidentColumns = columnsOf(Object.keys(incident.shape), 'i')

/** New incidents, at least one; their ids come from the sequence of the table. */
export function insertIncidents(connection: Connection, incidents: readonly Incident[], at: string) {
  const column = (name: keyof Incident, type: string) => {
    return { name, type, values: incidents.map((one) => one[name]) }
  }
  return insertRows(connection, 'incidents', [
    column('id', 'bigint'),
    column('incident_number', 'text'),
    column('status', 'text'),
    column('priority', 'int'),
    column('emergency_type', 'text'),
    column('location', 'text'),
    column('latitude', 'float8'),
    column('longitude', 'float8'),
    column('notes', 'text'),
    column('received_at', 'timestamptz'),
    column('closed_at', 'timestamptz'),
    column('reopened_at', 'timestamptz'),
    column('awaiting_close_since', 'timestamptz'),
    column('disposition', 'text'),
    column('merged_into', 'bigint'),
    { name: 'updated_at', type: 'timestamptz', values: incidents.map(() => at) },
  ])
}

export async function takeIncidentId(connection: Connection): Promise<number> {
  const { rows } = await connection.query<{ id: number }>("SELECT nextval('incidents_id_seq') AS id")
  return rows[0]?.id as number
}

/** The incident, locked against other writers; undefined when there is none. */
export async function lockIncident(connection: Connection, id: number): Promise<Incident | undefined> {
  const text = `SELECT ${incidentColumns} FROM incidents i WHERE i.id = $1 FOR NO KEY UPDATE`
  return (await connection.query<Incident>({ name: 'lock-incident', text, values: [id] })).rows[0]
}

type Details = Pick<Incident, 'priority' | 'emergency_type' | 'location' | 'latitude' | 'longitude' | 'notes'>

/** Writes what a person may edit; the status is none of it. */
export async function updateDetails(connection: Connection, id: number, to: Details, at: string) {
  const { priority, emergency_type, location, latitude, longitude, notes } = to
  await connection.query(
    `UPDATE incidents SET priority = $2, emergency_type = $3, location = $4, latitude = $5, longitude = $6,
      notes = $7, updated_at = $8 WHERE id = $1`,
    [id, priority, emergency_type, location, latitude, longitude, notes, at],
  )
}

/** When a call was received that is not linked yet, locked; undefined when there is none. */
export async function lockFreeCall(connection: Connection, id: number): Promise<string | undefined> {
  const text = 'SELECT created_at FROM calls WHERE id = $1 AND incident_id IS NULL FOR NO KEY UPDATE'
  return (await connection.query<{ created_at: string }>(text, [id])).rows[0]?.created_at
}

export async function linkCall(connection: Connection, callId: number, incidentId: number, at: string) {
  const text = 'UPDATE calls SET incident_id = $2, updated_at = $3 WHERE id = $1'
  await connection.query(text, [callId, incidentId, at])
}
