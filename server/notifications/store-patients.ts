import type { Connection } from '../lib/db.ts'

type Row = {
  field: string
  value: string
  confidence: number | null
  confirmed_at: string | null
}

/** Fields of all calls of one incident at most; a call has 40. */
const most = 400

/** What was understood in the calls of an incident. */
export async function readPatientFindings(on: Pick<Connection, 'query'>, incidentId: number): Promise<Row[]> {
  const text = `SELECT DISTINCT ON (f.field) f.field, f.value, f.confidence, f.confirmed_at
    FROM calls c JOIN call_findings f ON f.call_id = c.id
    WHERE c.incident_id = $1 ORDER BY f.field, f.told_at DESC LIMIT ${most}`
  return (await on.query<Row>({ name: 'patient-findings', text, values: [incidentId] })).rows
}

/**
 * The same for pre-alerts on somebody's screen, by the message: while the unit is on its way to, or at, the
 * hospital that the person speaks for, and no longer.
 */
export async function readPatientsOnScreen(
  on: Pick<Connection, 'query'>,
  personId: number,
  messageIds: readonly number[],
): Promise<(Row & { message_id: number })[]> {
  const text = `SELECT DISTINCT ON (m.id, f.field) m.id AS message_id, f.field, f.value, f.confidence,
      f.confirmed_at
    FROM messages m JOIN people p ON p.id = m.person_id
    JOIN assignments a ON a.id = m.assignment_id AND a.hospital_id = p.hospital_id
      AND a.status IN ('TRANSPORTING', 'AT_HOSPITAL')
    JOIN calls c ON c.incident_id = a.incident_id JOIN call_findings f ON f.call_id = c.id
    WHERE m.id = ANY($2) AND m.person_id = $1 AND m.event = 'HOSPITAL_PREALERT'
    ORDER BY m.id, f.field, f.told_at DESC LIMIT ${most}`
  const values = [personId, messageIds]
  return (await on.query<Row & { message_id: number }>({ name: 'patients-on-screen', text, values })).rows
}
