import type { Connection } from '../lib/db.ts'

/** What of incidents the desk changes; rows are looked up by id before they are joined (store.ts). */
export type IncidentChange = {
  id: number
  status: string
  priority: number
  received_at: string
  closed_at: string | null
  reopened_at: string | null
  awaiting_close_since: string | null
  disposition: string | null
  merged_into: number | null
  merge_record: unknown
}

export function updateIncidents(connection: Connection, changed: readonly IncidentChange[], at: string) {
  const text = `UPDATE incidents i SET status = n.status, priority = n.priority,
      received_at = n.received_at, closed_at = n.closed_at, reopened_at = n.reopened_at,
      awaiting_close_since = n.awaiting_close_since, disposition = n.disposition,
      merged_into = n.merged_into, merge_record = n.merge_record, updated_at = $2::timestamptz
    FROM json_to_recordset($1) AS n(id bigint, status text, priority int, received_at timestamptz,
      closed_at timestamptz, reopened_at timestamptz, awaiting_close_since timestamptz, disposition text,
      merged_into bigint, merge_record jsonb) WHERE i.id = n.id AND i.id = ANY($3::bigint[])`
  const values = [JSON.stringify(changed), at, changed.map(({ id }) => id)]
  return connection.query({ name: 'update-incidents', text, values })
}

/** Moves calls to other incidents; each is another call than it was known to be (calls/known-calls.ts). */
export function moveCalls(
  connection: Connection,
  moved: readonly { id: number; incident_id: number | null }[],
) {
  const text = `UPDATE calls c SET incident_id = n.incident_id
    FROM json_to_recordset($1) AS n(id bigint, incident_id bigint) WHERE c.id = n.id AND c.id = ANY($2)`
  const values = [JSON.stringify(moved), moved.map(({ id }) => id)]
  return connection.query({ name: 'move-calls', text, values })
}
