import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import type { CrewView, HeardWords, Understood } from '@toneout/contract/model/crew.ts'
import { sureFrom } from '@toneout/contract/model/finding.ts'
import { type Database, listOf } from '../lib/db.ts'
import { firstForCrews, withoutNumbers } from './rules.ts'

const live = `a.status NOT IN ${listOf(endedAssignments)}`

async function findPartners(db: Database, incidentId: number, unitId: number): Promise<CrewView['partners']> {
  const text = `SELECT u.unit_number, u.unit_type, a.status
    FROM assignments a JOIN units u ON u.id = a.unit_id
    WHERE a.incident_id = $1 AND a.unit_id <> $2 AND ${live} ORDER BY u.unit_number LIMIT 20`
  return (await db.pool.query({ name: 'crew-partners', text, values: [incidentId, unitId] })).rows
}

async function findCalls(db: Database, incidentId: number): Promise<CrewView['calls']> {
  const text = `SELECT count(*) AS count, coalesce((array_agg(DISTINCT c.language)
      FILTER (WHERE c.language IS NOT NULL))[1:5], '{}') AS languages FROM calls c WHERE c.incident_id = $1`
  const { rows } = await db.pool.query({ name: 'crew-calls', text, values: [incidentId] })
  return rows[0]
}

async function findWords(db: Database, incidentId: number): Promise<HeardWords[]> {
  const text = `SELECT i.id, coalesce(i.spoken_at, i.created_at) AS at, i.message,
      coalesce(i.confidence < $2, false) AS unsure
    FROM call_interactions i JOIN calls c ON c.id = i.call_id
    WHERE c.incident_id = $1 AND i.speaker = 'CALLER' AND i.is_final AND i.message <> ''
    ORDER BY i.id DESC LIMIT 12`
  const values = [incidentId, sureFrom]
  const { rows } = await db.pool.query<HeardWords>({ name: 'crew-words', text, values })
  return rows.reverse().map((one) => ({ ...one, message: withoutNumbers(one.message) }))
}

/** What was understood; of the same field in two calls what a person confirmed, otherwise the newer. */
async function findFindings(db: Database, incidentId: number): Promise<Understood[]> {
  const text = `SELECT DISTINCT ON (f.field) f.field, f.value, f.quote, f.told_at,
      f.confirmed_at IS NULL AND coalesce(f.confidence < $2, true) AS unsure
    FROM call_findings f JOIN calls c ON c.id = f.call_id WHERE c.incident_id = $1
    ORDER BY f.field, f.confirmed_at DESC NULLS LAST, f.told_at DESC LIMIT 200`
  const values = [incidentId, sureFrom]
  const { rows } = await db.pool.query<Understood>({ name: 'crew-findings', text, values })
  const masked = rows.map((one) => ({
    ...one,
    value: withoutNumbers(one.value),
    quote: withoutNumbers(one.quote),
  }))
  return firstForCrews(masked).slice(0, 12)
}

async function findNotes(db: Database, incidentId: number): Promise<CrewView['notes']> {
  const text = `SELECT n.id, n.text, n.written_at FROM incident_notes n WHERE n.incident_id = $1
    ORDER BY n.id DESC LIMIT 5`
  const { rows } = await db.pool.query({ name: 'crew-notes', text, values: [incidentId] })
  return rows.reverse()
}

/** What a crew learns of the incident it is on, with who else is. */
export async function readIncidentOfCrew(db: Database, incidentId: number, unitId: number) {
  const [partners, calls, words, findings, notes] = await Promise.all([
    findPartners(db, incidentId, unitId),
    findCalls(db, incidentId),
    findWords(db, incidentId),
    findFindings(db, incidentId),
    findNotes(db, incidentId),
  ])
  return { partners, calls, words, findings, notes }
}
