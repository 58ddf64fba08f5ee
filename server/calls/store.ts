import type { Call } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import type { Connection } from '../lib/db.ts'
import { arrayLiteral, insertRows } from '../lib/insert-rows.ts'

/** Whether a unit was sent: the client said so, or one was sent to the incident of the call. */
const unitsDispatched = `(c.units_dispatched OR EXISTS (SELECT FROM assignments a
  WHERE a.incident_id = c.incident_id)) AS units_dispatched`

/** The number is sealed; calls/caller.ts makes a call of such a row. */
export const callColumns = `c.id, c.call_sid, c.caller_number, c.caller_sealed, c.location, c.emergency_type,
  c.incident_number, c.priority_level, c.status, c.created_at, c.answered_at, c.completed_at,
  c.duration_seconds, c.category, c.latitude, c.longitude, c.escalated_to_911, ${unitsDispatched},
  c.incident_id, c.language, c.answered_by, c.lost_contact, c.handoff`

export const interactionColumns = `i.id, i.call_id AS call, c.call_sid, i.sequence, i.speaker, i.message,
  i.created_at AS timestamp, i.spoken_at, i.confidence, i.language, i.is_final`

export type StoredReply = { call_id: number; key: string; request_hash: string; reply: Interaction }
/** A call as the table gives it: its number is sealed, plain in rows of older versions, or erased. */
export type SealedCall = Omit<Call, 'caller_number'> & {
  caller_number: string | null
  caller_sealed: Buffer | null
}
/** A call with what only the table has. The bytes are in PostgreSQL's hex form; null keeps what is there. */
export type WrittenCall = Omit<Call, 'caller_number'> & {
  updated_at: string
  revision: number
  caller_sealed: string | null
  caller_index: string | null
}
/** An utterance with what only the table has: its words, separated by blanks. */
export type StoredInteraction = Interaction & { words: string }
export type LoadedCall = { call: SealedCall; highest: number; revision: number }

/**
 * Ids are taken in blocks by name of the sequence, so that rows can refer to each other before they are
 * written.
 */
export type Sequence = 'calls_id_seq' | 'call_interactions_id_seq' | 'incidents_id_seq'

async function rows<T>(connection: Connection, name: string, text: string, values: unknown[]): Promise<T[]> {
  return (await connection.query({ name, text, values })).rows as T[]
}

/** Locks calls against other writers, in the order of their ids. */
export function lockCalls(connection: Connection, sids: readonly string[]): Promise<unknown> {
  const text = 'SELECT id FROM calls WHERE call_sid = ANY($1) ORDER BY id FOR NO KEY UPDATE'
  return rows(connection, 'lock-calls', text, [sids])
}

/**
 * Loads calls with their highest sequence so far, -1 for none. A statement of its own after `lockCalls`: it
 * sees what was committed while the lock was waited for.
 */
export async function loadCalls(connection: Connection, sids: readonly string[]): Promise<LoadedCall[]> {
  const text = `SELECT ${callColumns}, c.revision, coalesce((SELECT i.sequence FROM call_interactions i
      WHERE i.call_id = c.id ORDER BY i.sequence DESC LIMIT 1), -1) AS highest_sequence
    FROM calls c WHERE c.call_sid = ANY($1)`
  type Row = SealedCall & { revision: number; highest_sequence: number }
  const found = await rows<Row>(connection, 'load-calls', text, [sids])
  return found.map(({ revision, highest_sequence, ...call }) => ({
    call,
    revision,
    highest: highest_sequence,
  }))
}

/** The session's short patience is for calls that somebody holds; the timeline's turn is waited for. */
const patience = `set_config('lock_timeout', '2s', true)`

export function bePatient(connection: Connection): Promise<unknown> {
  return rows(connection, 'be-patient', `SELECT ${patience}`, [])
}

/**
 * Locks calls as `lockCalls` does, and ends the transaction with serialization_failure (40001) unless each of
 * them is still as it was known. A row that had to be waited for is looked at as it is then.
 * Is patient from there on.
 */
export function lockAsKnown(
  connection: Connection,
  known: readonly { call: { id: number }; revision: number }[],
): Promise<unknown> {
  const text = `WITH held AS MATERIALIZED (
      SELECT c.id FROM unnest($1::bigint[], $2::bigint[]) AS k(id, revision)
      JOIN calls c ON c.id = k.id AND c.revision = k.revision ORDER BY c.id FOR NO KEY UPDATE OF c)
    SELECT insist_calls_are_as_known((SELECT count(*) FROM held), $3), ${patience}`
  const values = [
    arrayLiteral(known.map((one) => one.call.id)),
    arrayLiteral(known.map((one) => one.revision)),
    known.length,
  ]
  return rows(connection, 'lock-as-known', text, values)
}

export function loadInteractions(connection: Connection, ids: readonly number[]): Promise<Interaction[]> {
  const text = `SELECT ${interactionColumns} FROM call_interactions i JOIN calls c ON c.id = i.call_id
    WHERE i.id = ANY($1)`
  return rows(connection, 'load-interactions', text, [ids])
}

/**
 * First replies by key, younger than `since`. That is looked at here: a statement that may choose the index
 * by age, as one planned while the table was empty does, would read the replies of the whole day.
 */
export async function loadReplies(
  connection: Connection,
  keys: readonly string[],
  sids: readonly string[],
  since: string,
): Promise<StoredReply[]> {
  const text = `SELECT k.call_id, k.key, encode(k.request_hash, 'hex') AS request_hash, k.reply,
      k.created_at
    FROM idempotency_keys k
    WHERE k.call_id = ANY(ARRAY(SELECT c.id FROM calls c WHERE c.call_sid = ANY($2))) AND k.key = ANY($1)`
  type Row = StoredReply & { created_at: string }
  const found = await rows<Row>(connection, 'load-replies', text, [keys, sids])
  return found.flatMap(({ created_at, ...reply }) => (created_at > since ? [reply] : []))
}

export async function takeIds(connection: Connection, sequence: Sequence, count: number): Promise<number[]> {
  const text = 'SELECT nextval($1::regclass) AS id FROM generate_series(1, $2::int)'
  return (await rows<{ id: number }>(connection, 'take-ids', text, [sequence, count])).map((row) => row.id)
}

const callFields = `call_sid text, caller_sealed bytea, caller_index bytea, location text,
  latitude float8, longitude float8,
  emergency_type text, category text, incident_number text, priority_level text, status text,
  created_at timestamptz, answered_at timestamptz, completed_at timestamptz, duration_seconds bigint,
  escalated_to_911 boolean, units_dispatched boolean, incident_id bigint, language text, answered_by text,
  lost_contact boolean, handoff jsonb, updated_at timestamptz, revision bigint`
const callNames = callFields.replaceAll(/ (text|float8|bigint|boolean|timestamptz|bytea|jsonb)/g, '')

export function insertCalls(connection: Connection, calls: readonly WrittenCall[]) {
  const text = `INSERT INTO calls (id, ${callNames}) SELECT id, ${callNames}
    FROM json_to_recordset($1) AS c(id bigint, ${callFields})`
  return rows(connection, 'insert-calls', text, [JSON.stringify(calls)])
}

const sealed = new Set(['caller_sealed', 'caller_index'])
const kept = new Set(['call_sid', 'created_at'])
const setting = callNames
  .split(/,\s*/)
  .filter((name) => !kept.has(name))
  .map((name) => (sealed.has(name) ? `${name} = coalesce(n.${name}, c.${name})` : `${name} = n.${name}`))

export function updateCalls(connection: Connection, calls: readonly WrittenCall[]) {
  const text = `UPDATE calls c SET ${setting.join(', ')},
      caller_number = CASE WHEN n.caller_sealed IS NULL THEN c.caller_number END
    FROM json_to_recordset($1) AS n(id bigint, ${callFields})
    WHERE c.id = n.id AND c.id = ANY($2::bigint[])`
  // The ids by themselves: planned while the table is empty, a join alone would read all of it for ever.
  const ids = arrayLiteral(calls.map((one) => one.id))
  return rows(connection, 'update-calls', text, [JSON.stringify(calls), ids])
}

export function insertInteractions(connection: Connection, added: readonly StoredInteraction[]) {
  return insertRows(connection, 'call_interactions', [
    { name: 'id', type: 'bigint', values: added.map((one) => one.id) },
    { name: 'call_id', type: 'bigint', values: added.map((one) => one.call) },
    { name: 'sequence', type: 'bigint', values: added.map((one) => one.sequence) },
    { name: 'speaker', type: 'text', values: added.map((one) => one.speaker) },
    { name: 'message', type: 'text', values: added.map((one) => one.message) },
    { name: 'words', type: 'tsvector', values: added.map((one) => one.words) },
    { name: 'created_at', type: 'timestamptz', values: added.map((one) => one.timestamp) },
    { name: 'spoken_at', type: 'timestamptz', values: added.map((one) => one.spoken_at) },
    { name: 'confidence', type: 'float8', values: added.map((one) => one.confidence) },
    { name: 'language', type: 'text', values: added.map((one) => one.language) },
    { name: 'is_final', type: 'boolean', values: added.map((one) => one.is_final) },
  ])
}

export function updateInteractions(connection: Connection, interactions: readonly StoredInteraction[]) {
  const text = `UPDATE call_interactions i SET message = n.message, words = n.words,
      spoken_at = n.spoken_at, confidence = n.confidence, language = n.language, is_final = n.is_final
    FROM json_to_recordset($1) AS n(id bigint, message text, words tsvector, spoken_at timestamptz,
      confidence float8, language text, is_final boolean) WHERE i.id = n.id`
  return rows(connection, 'update-interactions', text, [JSON.stringify(interactions)])
}

/** Keeps first replies; a key whose 24 h are over is taken anew. */
export function insertReplies(connection: Connection, replies: readonly StoredReply[], now: string) {
  const text = `INSERT INTO idempotency_keys (call_id, key, request_hash, reply, created_at)
    SELECT call_id, key, decode(request_hash, 'hex'), reply, $2::timestamptz
    FROM json_to_recordset($1) AS k(call_id bigint, key text, request_hash text, reply jsonb)
    ON CONFLICT (call_id, key) DO UPDATE SET request_hash = excluded.request_hash, reply = excluded.reply,
      created_at = excluded.created_at`
  return rows(connection, 'insert-replies', text, [JSON.stringify(replies), now])
}
