import type { Connection } from '../lib/db.ts'

/** Calls in one sweep at most; the next sweep takes the rest. */
const limit = 500

/**
 * Marks open calls without a word or an update since `quietSince`, and gives their ids. A call that somebody
 * is writing to at this moment is not quiet and is passed over.
 */
export async function markQuietCalls(
  connection: Connection,
  quietSince: string,
  at: string,
): Promise<number[]> {
  const marked = await connection.query<{ id: number }>(
    `UPDATE calls SET lost_contact = true, updated_at = $2 WHERE id IN (
       SELECT c.id FROM calls c
       WHERE c.completed_at IS NULL AND NOT c.lost_contact AND c.updated_at < $1
         AND NOT EXISTS (SELECT 1 FROM call_interactions i WHERE i.call_id = c.id AND i.created_at >= $1)
       ORDER BY c.id LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING id`,
    [quietSince, at],
  )
  return marked.rows.map((row) => row.id).sort((a, b) => a - b)
}

/** Of these calls, those whose rows somebody holds at this moment. */
export async function findHeldCalls(
  connection: Pick<Connection, 'query'>,
  sids: readonly string[],
): Promise<string[]> {
  const text = `WITH free AS (SELECT id FROM calls WHERE call_sid = ANY($1) FOR NO KEY UPDATE SKIP LOCKED)
    SELECT c.call_sid FROM calls c LEFT JOIN free f ON f.id = c.id
    WHERE c.call_sid = ANY($1) AND f.id IS NULL`
  const { rows } = await connection.query<{ call_sid: string }>(text, [sids])
  return rows.map((row) => row.call_sid)
}

/** First replies older than a day are not promised any more. */
export async function deleteOldReplies(connection: Connection, before: string): Promise<number> {
  const deleted = await connection.query(
    `DELETE FROM idempotency_keys WHERE (call_id, key) IN (
       SELECT call_id, key FROM idempotency_keys WHERE created_at < $1 LIMIT 10000 FOR UPDATE SKIP LOCKED)`,
    [before],
  )
  return deleted.rowCount ?? 0
}

/** Merges newly said words into the search index, so that a search does not read them one by one. */
export async function mergeNewWords(connection: Connection): Promise<void> {
  await connection.query('SELECT merge_new_words()')
}
