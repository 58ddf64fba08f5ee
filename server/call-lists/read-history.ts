import type { Fact } from '@toneout/contract/model/fact.ts'
import { wordsOf } from '../incidents/rules-words.ts'
import type { Database } from '../lib/db.ts'

const most = 200

type Named = { units: Record<string, string>; incidents: Record<string, string> }

/** Facts of a call but for its utterances, newest first, with the names of what they are about. */
const text = `WITH told AS (SELECT f.id, f.at, f.type, f.actor_kind, f.actor_id, f.actor_name, f.call_id,
    f.incident_id, f.unit_id, f.data
  FROM facts f JOIN calls c ON c.id = f.call_id
  WHERE c.call_sid = $1 AND f.type NOT IN ('interaction_added', 'interaction_revised')
  ORDER BY f.id DESC LIMIT ${most + 1})
  SELECT (SELECT json_agg(t ORDER BY t.id DESC) FROM told t) AS facts,
    (SELECT json_object_agg(u.id, u.unit_number) FROM units u
      WHERE u.id IN (SELECT unit_id FROM told)) AS units,
    (SELECT json_object_agg(n.id, n.incident_number) FROM incidents n
      WHERE n.id IN (SELECT incident_id FROM told)) AS incidents
  FROM calls WHERE call_sid = $1`

type Told = Omit<Fact, 'actor'> & {
  actor_kind: Fact['actor']['kind']
  actor_id: number | null
  actor_name: string
}
type Row = { facts: Told[] | null; units: Named['units'] | null; incidents: Named['incidents'] | null }

/** What happened with a call in words; undefined when there is no such call. */
export async function readHistory(db: Database, sid: string) {
  const row = (await db.pool.query<Row>(text, [sid])).rows[0]
  if (!row) return undefined
  const names = {
    unit: (id: number) => row.units?.[id],
    incident: (id: number) => row.incidents?.[id],
    hospital: () => undefined,
    clock: (at: string) => new Date(at).toLocaleTimeString('sv-SE'),
  }
  const facts = (row.facts ?? []).map(
    ({ actor_kind: kind, actor_id: id, actor_name: name, ...fact }): Fact => ({
      ...fact,
      at: new Date(fact.at).toISOString(),
      actor: { kind, id, name },
    }),
  )
  const results = facts.slice(0, most).map((fact) => ({
    id: fact.id,
    at: fact.at,
    by: fact.actor.name,
    type: fact.type,
    words: wordsOf(fact, names),
  }))
  return { results, more: facts.length > most }
}
