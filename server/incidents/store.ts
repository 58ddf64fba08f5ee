import type { Call } from '@toneout/contract/model/call.ts'
import { type Incident, incident } from '@toneout/contract/model/incident.ts'
import { type Connection, columnsOf } from '../lib/db.ts'
import { insertRows } from '../lib/insert-rows.ts'

export const incidentColumns = columnsOf(Object.keys(incident.shape), 'i')

/** What an incident takes over of a call. */
export type Told = Pick<Call, 'emergency_type' | 'priority_level' | 'location' | 'latitude' | 'longitude'>

/** `followed_call_id` is the call it was raised from by itself; left out when a person raised it. */
export type NewIncident = Incident & { followed_call_id?: number }

/** New incidents, at least one; their ids come from the sequence of the table. */
export function insertIncidents(connection: Connection, incidents: readonly NewIncident[], at: string) {
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
    {
      name: 'followed_call_id',
      type: 'bigint',
      values: incidents.map((one) => one.followed_call_id ?? null),
    },
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

/** Locks the open incident that follows a call; false when there is none. Waits for a second at most. */
export async function lockFollower(connection: Connection, id: number, callId: number): Promise<boolean> {
  await connection.query(`SELECT set_config('lock_timeout', '1s', true)`)
  const text = `SELECT id FROM incidents
    WHERE id = $1 AND followed_call_id = $2 AND closed_at IS NULL FOR NO KEY UPDATE`
  return (await connection.query({ name: 'lock-follower', text, values: [id, callId] })).rows.length > 0
}

export type Follower = {
  incident: Incident
  call: Told
  set_by_people: string[]
  /** Whether a unit was ever sent, or another incident is merged into it. */
  is_worked_on: boolean
}

/** A locked incident and its call as they are now: a statement of its own, after what was waited for. */
export async function readFollower(connection: Connection, id: number): Promise<Follower> {
  const text = `SELECT ${incidentColumns}, i.set_by_people,
      EXISTS (SELECT FROM assignments a WHERE a.incident_id = i.id)
        OR EXISTS (SELECT FROM incidents m WHERE m.merged_into = i.id) AS is_worked_on,
      json_build_object('emergency_type', c.emergency_type, 'priority_level', c.priority_level,
        'location', c.location, 'latitude', c.latitude, 'longitude', c.longitude) AS call
    FROM incidents i JOIN calls c ON c.id = i.followed_call_id WHERE i.id = $1`
  type Row = Incident & Omit<Follower, 'incident'>
  const found = await connection.query<Row>({ name: 'read-follower', text, values: [id] })
  const { set_by_people, is_worked_on, call, ...incident } = found.rows[0] as Row
  return { incident, call, set_by_people, is_worked_on }
}

/** No call changes these columns of the incident any more. */
export async function keepFromCalls(connection: Connection, id: number, names: readonly string[]) {
  const text = `UPDATE incidents SET set_by_people =
    ARRAY(SELECT DISTINCT unnest(set_by_people || $2::text[]) ORDER BY 1) WHERE id = $1`
  await connection.query(text, [id, names])
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

/** A call that is not linked yet, locked; undefined when there is none. */
export async function lockFreeCall(connection: Connection, id: number) {
  const text = `SELECT created_at, emergency_type, priority_level, location, latitude, longitude
    FROM calls WHERE id = $1 AND incident_id IS NULL FOR NO KEY UPDATE`
  return (await connection.query<Told & { created_at: string }>(text, [id])).rows[0]
}

export async function linkCall(connection: Connection, callId: number, incidentId: number, at: string) {
  const text = 'UPDATE calls SET incident_id = $2, updated_at = $3 WHERE id = $1'
  await connection.query(text, [callId, incidentId, at])
}
