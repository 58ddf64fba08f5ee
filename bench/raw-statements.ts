import { wordsOf } from '../server/calls/words.ts'
import { oneLine, type Transaction } from './raw-client.ts'

/** What the load says; the raw statements write the same. */
export const callerNumber = '+15550142'
export const message = 'My father collapsed in the kitchen, he is breathing but he does not answer me'
export const interactionsPerCall = 12
export const requestsPerCall = interactionsPerCall + 2

/** As many bytes as the server writes of that number; raw SQL seals nothing. */
const bytes = (count: number) => `decode('${'5a'.repeat(count)}', 'hex')`
const sealedNumber = bytes(33 + callerNumber.length)
const numberIndex = bytes(16)

const words = wordsOf(message).join(' ')
const fact = `INSERT INTO facts (at, type, actor_kind, actor_id, actor_name, call_id, data)`
const actor = `'key', 1, 'AI dispatcher (environment, 123456)'`

/**
 * The row and its fact in one statement, which is a transaction by itself: of all forms that were tried
 * (BEGIN and COMMIT around two, two in one pipeline, a function) this one was the fastest.
 */
const open = `WITH c AS (INSERT INTO calls
    (call_sid, caller_sealed, caller_index, emergency_type, answered_by, created_at, updated_at)
  VALUES (:sid, ${sealedNumber}, ${numberIndex}, 'MEDICAL', 'AI', now(), now()) RETURNING *),
f AS (${fact} SELECT created_at, 'call_opened', ${actor}, id, jsonb_build_object('call_sid', call_sid,
  'status', status, 'created_at', created_at, 'emergency_type', emergency_type,
  'priority_level', priority_level, 'location', location, 'latitude', latitude,
  'longitude', longitude) FROM c)
SELECT id AS call FROM c`

const add = `WITH i AS (INSERT INTO call_interactions (call_id, sequence, speaker, message, words, created_at)
  VALUES (:call, coalesce((SELECT sequence FROM call_interactions WHERE call_id = :call
    ORDER BY sequence DESC LIMIT 1), -1) + 1, 'CALLER', '${message}', '${words}', now())
  RETURNING id, call_id, sequence, speaker, created_at, is_final)
${fact} SELECT created_at, 'interaction_added', ${actor}, call_id, jsonb_build_object('interaction_id', id,
  'sequence', sequence, 'speaker', speaker, 'is_final', is_final) FROM i`

const complete = `WITH c AS (UPDATE calls SET status = 'COMPLETED', revision = revision + 1,
    completed_at = now(), updated_at = now(),
    duration_seconds = round(extract(epoch FROM now() - created_at)) WHERE id = :call
  RETURNING id, status, completed_at, duration_seconds)
${fact} SELECT completed_at, 'call_completed', ${actor}, id, jsonb_build_object('status', status,
  'completed_at', completed_at, 'duration_seconds', duration_seconds) FROM c`

export const rawStatements: readonly Transaction[] = [
  { name: 'opened', statements: [{ sql: open }] },
  { name: 'added', statements: [{ sql: add }] },
  { name: 'completed', statements: [{ sql: complete }] },
]

const pgbenchOpen = oneLine(open.replace(':sid', `'RW' || md5(:n::text)`))

/** The same statements as scripts of pgbench; `calls` lies between the variables `first` and `last`. */
export const pgbenchScripts = {
  lifecycle: [
    '\\set n random(1, 9000000000000000000)',
    `${pgbenchOpen} \\gset`,
    ...Array.from({ length: interactionsPerCall }, () => `${oneLine(add)};`),
    `${oneLine(complete)};`,
  ].join('\n'),
  interactions: ['\\set call random(:first, :last)', `${oneLine(add)};`].join('\n'),
}
