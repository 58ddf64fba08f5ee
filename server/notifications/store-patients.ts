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
