import type { DriveSource } from '@toneout/contract/model/streets.ts'
import { type Connection, correctedTime, type Database } from '../lib/db.ts'

type Place = { latitude: number | null; longitude: number | null }

/** A unit that was just sent, and where both ends of its drive are. */
export type Sent = {
  assignment_id: number
  incident_id: number
  priority: number
  unit: Place
  incident: Place
}

/** The newest assignment there is; 0 for none. */
export async function newestAssignment(db: Database): Promise<number> {
  const found = await db.pool.query<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM assignments')
  return found.rows[0]?.id ?? 0
}

/**
 * Assignments after the given one, and so many before it that wait still, without a prediction; the newest
 * first.
 */
export async function readSent(db: Database, after: number, overlap: number, limit: number): Promise<Sent[]> {
  const text = `SELECT a.id AS assignment_id, a.incident_id, i.priority,
      json_build_object('latitude', u.latitude, 'longitude', u.longitude) AS unit,
      json_build_object('latitude', i.latitude, 'longitude', i.longitude) AS incident
    FROM (SELECT a.id, a.unit_id, a.incident_id FROM assignments a
      WHERE a.id > $1::bigint - $2::bigint
        AND (a.status IN ('ASSIGNED', 'ACKNOWLEDGED') OR (a.status = 'EN_ROUTE' AND a.id > $1::bigint))
        AND NOT EXISTS (SELECT FROM drive_predictions p WHERE p.assignment_id = a.id)
      ORDER BY a.id DESC LIMIT $3) a
    JOIN units u ON u.id = a.unit_id JOIN incidents i ON i.id = a.incident_id
    ORDER BY a.id DESC`
  return (await db.pool.query<Sent>({ name: 'newly-sent', text, values: [after, overlap, limit] })).rows
}

export type Prediction = {
  assignment_id: number
  source: DriveSource
  priority: number
  seconds: number
  metres: number
}

/** Keeps predictions; of an assignment that has one, the first stays. */
export async function insertPredictions(
  db: Database,
  made: readonly Prediction[],
  at: string,
): Promise<void> {
  const text = `INSERT INTO drive_predictions (assignment_id, source, priority, seconds, metres, predicted_at)
    SELECT n.assignment_id, n.source, n.priority, n.seconds, n.metres, $2::timestamptz
    FROM json_to_recordset($1) AS n(assignment_id bigint, source text, priority smallint, seconds float8,
      metres float8)
    ON CONFLICT DO NOTHING`
  await db.pool.query({ name: 'insert-predictions', text, values: [JSON.stringify(made), at] })
}

/** Drives of the past, the newest first: from the start of the drive to the arrival, corrections applied. */
export async function readDrives(
  connection: Connection,
  asked: { source: DriveSource; priority: number; since: string; limit: number },
): Promise<{ expected: number; actual: number }[]> {
  const text = `SELECT p.seconds AS expected,
      extract(epoch FROM ${correctedTime('on_scene_at')} - ${correctedTime('en_route_at')})::float8 AS actual
    FROM drive_predictions p JOIN assignments a ON a.id = p.assignment_id
    WHERE p.source = $1 AND p.priority = $2 AND p.predicted_at >= $3
      AND a.en_route_at IS NOT NULL AND a.on_scene_at IS NOT NULL
      AND ${correctedTime('on_scene_at')} > ${correctedTime('en_route_at')}
    ORDER BY p.assignment_id DESC LIMIT $4`
  const { source, priority, since, limit } = asked
  return (await connection.query(text, [source, priority, since, limit])).rows
}

/** When fits were last looked for, or nothing; one process at a time, to the end of its transaction. */
export async function beginFitting(
  connection: Connection,
): Promise<{ fitted_at: string | null } | undefined> {
  const lock = "SELECT pg_try_advisory_xact_lock(hashtext('drive_fits')) AS free"
  const { rows } = await connection.query<{ free: boolean }>(lock)
  if (!rows[0]?.free) return undefined
  const text = 'SELECT max(fitted_at) AS fitted_at FROM drive_fits'
  return (await connection.query<{ fitted_at: string | null }>(text)).rows[0]
}
