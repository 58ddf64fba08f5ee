import type { Connection } from '../lib/db.ts'

/**
 * What of a call is erased; the row, its times and its place stay: figures do not change. Words that arrived
 * at `before` or later stay; null erases all.
 */
export type Erasing = { numbers: boolean; transcripts: boolean; before: string | null }
export type Erased = { call_id: number; number: boolean; utterances: number }

/**
 * Ids of calls received before an instant and not changed since, by our own clock too: what a client says of
 * when a call began may be wrong. After a position, in order; at most `limit`.
 */
export async function readOldCalls(
  connection: Connection,
  { before, after, limit }: { before: string; after: { created_at: string; id: number }; limit: number },
): Promise<{ id: number; created_at: string }[]> {
  const text = `SELECT id, created_at FROM calls
    WHERE created_at < $1::timestamptz AND updated_at < $1::timestamptz
      AND (created_at, id) > ($2::timestamptz, $3::bigint)
    ORDER BY created_at, id LIMIT $4`
  const values = [before, after.created_at, after.id, limit]
  return (await connection.query<{ id: number; created_at: string }>(text, values)).rows
}

/** Calls from a number after an id, in order, with why they must be kept. */
export async function readCallsFrom(
  connection: Connection,
  { index, after, limit }: { index: Buffer; after: number; limit: number },
): Promise<{ id: number; legal_hold: string | null; incident_id: number | null }[]> {
  const text = `SELECT id, legal_hold, incident_id FROM calls
    WHERE caller_index = $1 AND id > $2 ORDER BY id LIMIT $3`
  return (await connection.query(text, [index, after, limit])).rows
}

const words = `FROM call_interactions i WHERE i.message <> ''
  AND ($2::timestamptz IS NULL OR i.created_at < $2) AND i.call_id`

const recordings = `FROM call_recordings r
  WHERE ($2::timestamptz IS NULL OR r.started_at < $2) AND r.call_id`

/**
 * Erases of these calls what is still there and not held. The rows are locked in the order of their ids, as
 * by everybody. What numbers are looked up by stays while there are words, so that these can be found by who
 * asks for their erasure. `updated_at` stays: it tells when the call itself changed. Gives what was erased,
 * call by call.
 */
export async function eraseOf(
  connection: Connection,
  ids: readonly number[],
  { numbers, transcripts, before }: Erasing,
  at: string,
): Promise<Erased[]> {
  const lock = `SELECT id, $3 AND (caller_sealed IS NOT NULL OR caller_number IS NOT NULL) AS number,
      $4 AND (EXISTS (SELECT ${words} = calls.id) OR EXISTS (SELECT FROM call_findings f
        WHERE f.call_id = calls.id AND ($2::timestamptz IS NULL OR f.told_at < $2))
        OR EXISTS (SELECT ${recordings} = calls.id)) AS transcript
    FROM calls WHERE id = ANY($1) AND legal_hold IS NULL ORDER BY id FOR NO KEY UPDATE`
  type Due = { id: number; number: boolean; transcript: boolean }
  const due = (await connection.query<Due>(lock, [ids, before, numbers, transcripts])).rows
  const withNumber = due.filter(({ number }) => number).map(({ id }) => id)
  const withWords = due.filter(({ transcript }) => transcript).map(({ id }) => id)
  const counts = withWords.length > 0 ? await eraseWords(connection, withWords, before, at) : new Map()
  if (withNumber.length > 0) {
    const text = 'UPDATE calls SET caller_number = NULL, caller_sealed = NULL WHERE id = ANY($1)'
    await connection.query(text, [withNumber])
  }
  const forget = `UPDATE calls c SET caller_index = NULL WHERE c.id = ANY($1) AND c.caller_sealed IS NULL
    AND NOT EXISTS (SELECT FROM call_interactions i WHERE i.call_id = c.id AND i.message <> '')
    AND NOT EXISTS (SELECT FROM call_recordings r WHERE r.call_id = c.id)`
  const touched = [...new Set([...withNumber, ...withWords])]
  if (touched.length > 0) await connection.query(forget, [touched])
  return due.flatMap(({ id, number, transcript }) =>
    number || transcript ? [{ call_id: id, number, utterances: counts.get(id) ?? 0 }] : [],
  )
}

/** The words of utterances, and in the replies that repeat them; how many of each call had some. */
async function eraseWords(
  connection: Connection,
  ids: readonly number[],
  before: string | null,
  at: string,
): Promise<Map<number, number>> {
  const text = `WITH erased AS (UPDATE call_interactions SET message = '', words = ''
      WHERE id IN (SELECT i.id ${words} = ANY($1)) RETURNING call_id)
    SELECT call_id, count(*) AS n FROM erased GROUP BY call_id`
  const { rows } = await connection.query<{ call_id: number; n: number }>(text, [ids, before])
  // The replies stay without their words: a repetition still makes nothing new.
  await connection.query(
    `UPDATE idempotency_keys SET reply = jsonb_set(reply, '{message}', '""') WHERE call_id = ANY($1)`,
    [ids],
  )
  // What was understood from the words says the same.
  await connection.query(
    'DELETE FROM call_findings WHERE call_id = ANY($1) AND ($2::timestamptz IS NULL OR told_at < $2)',
    [ids, before],
  )
  // So is what was recorded of them; Twilio keeps and erases the sound itself.
  await connection.query(
    `DELETE FROM call_recordings WHERE recording_sid IN (SELECT r.recording_sid ${recordings} = ANY($1))`,
    [ids, before],
  )
  await connection.query('UPDATE calls SET transcript_erased_at = $2 WHERE id = ANY($1)', [ids, at])
  return new Map(rows.map(({ call_id, n }) => [call_id, n]))
}

/** Files of calls that were exported and kept may hold what was erased; who makes one now finds it gone. */
export async function dropKeptExports(connection: Connection): Promise<void> {
  await connection.query(`DELETE FROM kept_exports WHERE what = 'calls'`)
}
