import type { Database } from '../lib/db.ts'
import { patientLine } from './rules-patient.ts'
import type { Due } from './store.ts'
import { readPatientFindings } from './store-patients.ts'

/** What a hospital is told of its patient is read when it is sent: no message keeps it. */
export async function readPatient({ pool }: Database, { event, incident_id }: Due): Promise<string | null> {
  if (event !== 'HOSPITAL_PREALERT' || incident_id === null) return null
  return patientLine(await readPatientFindings(pool, incident_id))
}
