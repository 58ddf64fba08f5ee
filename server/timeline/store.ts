import type { Fact, LiveFact } from '@toneout/contract/model/fact.ts'
import type { Database } from '../lib/db.ts'

/** Columns of a fact with the rows it is about as they are now; the shapes are those of the contract. */
const live = `f.id, f.at, f.type,
  json_build_object('kind', f.actor_kind, 'id', f.actor_id, 'name', f.actor_name) AS actor,
  f.call_id, f.incident_id, f.unit_id, f.data`

const call = `CASE WHEN c.id IS NULL THEN NULL ELSE json_build_object('id', c.id, 'call_sid', c.call_sid,
  'caller_number', c.caller_number, 'caller_sealed', encode(c.caller_sealed, 'hex'),
  'location', c.location, 'emergency_type', c.emergency_type,
  'incident_number', c.incident_number, 'priority_level', c.priority_level, 'status', c.status,
  'created_at', utc(c.created_at), 'answered_at', utc(c.answered_at), 'completed_at', utc(c.completed_at),
  'duration_seconds', c.duration_seconds, 'category', c.category, 'latitude', c.latitude,
  'longitude', c.longitude, 'escalated_to_911', c.escalated_to_911, 'units_dispatched',
    c.units_dispatched OR EXISTS (SELECT FROM assignments a WHERE a.incident_id = c.incident_id),
  'incident_id', c.incident_id, 'language', c.language, 'answered_by', c.answered_by,
  'lost_contact', c.lost_contact, 'handoff', c.handoff) END AS call`

const interaction = `CASE WHEN i.id IS NULL THEN NULL ELSE json_build_object('id', i.id, 'call', i.call_id,
  'call_sid', c.call_sid, 'sequence', i.sequence, 'speaker', i.speaker, 'message', i.message,
  'timestamp', utc(i.created_at), 'spoken_at', utc(i.spoken_at), 'confidence', i.confidence,
  'language', i.language, 'is_final', i.is_final) END AS interaction`

/** A fact with its call, whose number is still sealed, and its utterance. */
export type CallFact = Fact &
  Pick<LiveFact, 'interaction'> & { call: (LiveFact['call'] & { caller_sealed: string | null }) | null }

/** Facts after a cursor in order, at most `limit`, with their calls: most facts are about one. */
export async function readFacts(db: Database, after: number, limit: number): Promise<CallFact[]> {
  const text = `SELECT ${live}, ${call}, ${interaction}
    FROM facts f
    LEFT JOIN calls c ON c.id = f.call_id
    LEFT JOIN call_interactions i ON i.id = (f.data ->> 'interaction_id')::bigint
    WHERE f.id > $1 ORDER BY f.id LIMIT $2`
  return (await db.pool.query<CallFact>({ name: 'read-facts', text, values: [after, limit] })).rows
}

/** The newest cursor; 0 while nothing has happened. */
export async function newestFact(db: Database): Promise<number> {
  const text = 'SELECT coalesce(max(id), 0) AS id FROM facts'
  return (await db.pool.query<{ id: number }>({ name: 'newest-fact', text })).rows[0]?.id ?? 0
}
