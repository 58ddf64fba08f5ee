import type { Duplicate, Incident } from '@toneout/contract/model/incident.ts'
import { type Database, sql } from '../lib/db.ts'
import { isPosition } from '../lib/geo.ts'
import { isEnded } from './rules.ts'
import { apart, kinOf, suggestDuplicates } from './rules-duplicates.ts'
import { incidentColumns } from './store.ts'

/** Candidates that are looked at, the nearest in time first: more than any 40 minutes bring to one street. */
const mostCandidates = 500
/** A degree of latitude is never shorter than 110,574 m. */
const band = apart.metres / 110_000

/** Open incidents of the same kin and time that are in the same band of latitude or have no position. */
async function readCandidates(db: Database, incident: Incident): Promise<Incident[]> {
  const { id, received_at, emergency_type } = incident
  const within = sql`make_interval(mins => ${apart.minutes}::int)`
  const isUnplaced = sql`(i.latitude IS NULL OR i.longitude IS NULL)`
  const near = isPosition(incident)
    ? sql`(i.latitude BETWEEN ${incident.latitude - band} AND ${incident.latitude + band} OR ${isUnplaced})`
    : sql`i.location <> ''`
  const found = await sql<Incident>`SELECT ${sql.raw(incidentColumns)} FROM incidents i
    WHERE i.closed_at IS NULL AND i.id <> ${id} AND i.emergency_type = ANY(${kinOf(emergency_type)}::text[])
      AND i.received_at BETWEEN ${received_at}::timestamptz - ${within} AND ${received_at}::timestamptz + ${within}
      AND ${near}
    ORDER BY abs(extract(epoch FROM i.received_at - ${received_at}::timestamptz)), i.id
    LIMIT ${mostCandidates}`.execute(db.kysely)
  return found.rows
}

/** Open incidents that may be the same emergency, nearest first; none for one that has ended. */
export async function findDuplicates(db: Database, incident: Incident): Promise<Duplicate[]> {
  if (isEnded(incident.status)) return []
  const candidates = await readCandidates(db, incident)
  const byId = new Map(candidates.map((one) => [one.id, one]))
  return suggestDuplicates(incident, candidates).flatMap(({ incident_id, ...why }) => {
    const one = byId.get(incident_id)
    return one ? [{ ...one, ...why }] : []
  })
}
