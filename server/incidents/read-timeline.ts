import type { Fact } from '@toneout/contract/model/fact.ts'
import type { Database } from '../lib/db.ts'
import { wordsOf } from './rules-words.ts'

export type ToldFact = Fact & { words: string }

/** Facts about an incident or about its calls, after a fact's id, and whether there are more. */
async function readFacts(db: Database, incidentId: number, after: number, limit: number) {
  const text = `SELECT id, at, type, json_build_object('kind', actor_kind, 'id', actor_id, 'name', actor_name)
      AS actor, call_id, incident_id, unit_id, data
    FROM facts WHERE id > $2 AND id IN (
      SELECT id FROM facts WHERE incident_id = $1
      UNION SELECT f.id FROM facts f JOIN calls c ON c.id = f.call_id WHERE c.incident_id = $1)
    ORDER BY id LIMIT $3 + 1`
  const values = [incidentId, after, limit]
  const found = await db.pool.query<Fact>({ name: 'incident-timeline', text, values })
  return { facts: found.rows.slice(0, limit), more: found.rows.length > limit }
}

type Named = { id: number; name: string }

/** What people call the rows with these ids; asks for nothing where there is nothing to look for. */
async function readNames(db: Database, name: string, text: string, ids: readonly unknown[]) {
  const wanted = new Set(ids.filter((id) => typeof id === 'number'))
  const query = {
    name: `timeline-${name}`,
    text: `${text} WHERE id = ANY($1::bigint[])`,
    values: [[...wanted]],
  }
  const rows = wanted.size === 0 ? [] : (await db.pool.query<Named>(query)).rows
  const names = new Map(rows.map((row) => [row.id, row.name]))
  return (id: number) => names.get(id)
}

/** The timeline with what happened in words, which name units, incidents and hospitals as people do. */
export async function readTimeline(
  db: Database,
  incidentId: number,
  after: number,
  limit: number,
): Promise<{ results: ToldFact[]; more: boolean }> {
  const { facts, more } = await readFacts(db, incidentId, after, limit)
  const told = (fields: readonly string[]) => facts.flatMap(({ data }) => fields.map((name) => data[name]))
  const [unit, incident, hospital] = await Promise.all([
    readNames(
      db,
      'units',
      'SELECT id, unit_number AS name FROM units',
      facts.map((fact) => fact.unit_id),
    ),
    readNames(
      db,
      'incidents',
      'SELECT id, incident_number AS name FROM incidents',
      told(['from_id', 'into_id', 'to_incident_id', 'diverted_from']),
    ),
    readNames(db, 'hospitals', 'SELECT id, name FROM hospitals', told(['hospital_id', 'was', 'now'])),
  ])
  const clock = (at: string) => new Date(at).toLocaleTimeString('sv-SE')
  const names = { unit, incident, hospital, clock }
  return { results: facts.map((fact) => ({ ...fact, words: wordsOf(fact, names) })), more }
}
