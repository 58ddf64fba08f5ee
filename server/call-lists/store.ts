import type { SavedView } from '@toneout/contract/model/call-list.ts'
import type { Connection } from '../lib/db.ts'

type On = Pick<Connection, 'query'>
type Marked = { tags: string[]; review: 'NEEDED' | 'DONE' | null; reviewer_id: number | null }

/** Marks of calls, locked in the order of their ids. */
export async function lockMarks(connection: Connection, sids: readonly string[]) {
  const text = `SELECT id, call_sid, tags, review, reviewer_id FROM calls WHERE call_sid = ANY($1)
    ORDER BY id FOR NO KEY UPDATE`
  return (await connection.query<Marked & { id: number; call_sid: string }>(text, [sids])).rows
}

/** Their revisions are changed by the table itself. */
export async function writeMarks(
  connection: Connection,
  marks: readonly (Marked & { id: number })[],
  at: string,
): Promise<void> {
  const text = `UPDATE calls c SET tags = m.tags, review = m.review, reviewer_id = m.reviewer_id,
      updated_at = $2
    FROM json_to_recordset($1) AS m(id bigint, tags text[], review text, reviewer_id bigint)
    WHERE c.id = m.id`
  await connection.query(text, [JSON.stringify(marks), at])
}

export async function isPerson(on: On, id: number): Promise<boolean> {
  const text = 'SELECT FROM people WHERE id = $1 AND active'
  return (await on.query(text, [id])).rows.length > 0
}

/** Usernames of people, by id. */
export async function readNames(on: On, ids: readonly (number | null)[]): Promise<Map<number, string>> {
  const text = 'SELECT id, username FROM people WHERE id = ANY($1::bigint[])'
  const { rows } = await on.query<{ id: number; username: string }>(text, [ids.filter((id) => id !== null)])
  return new Map(rows.map(({ id, username }) => [id, username]))
}

const viewColumns = `v.id, v.name, v.query, v.shared, p.username AS owner, v.owner_id = $1 AS own,
  v.created_at`

/** The own views and some of those that others share, by name. */
export async function readViews(on: On, person: number, mostShared: number): Promise<SavedView[]> {
  const text = `SELECT ${viewColumns} FROM saved_views v JOIN people p ON p.id = v.owner_id
    WHERE v.list = 'calls' AND (v.owner_id = $1 OR v.id IN (SELECT s.id FROM saved_views s
      WHERE s.list = 'calls' AND s.shared AND s.owner_id <> $1 ORDER BY s.id LIMIT $2))
    ORDER BY v.name, v.id`
  return (await on.query<SavedView>(text, [person, mostShared])).rows
}

/** How many views of other names somebody has; the person is held so that two cannot both add the last. */
export async function countOtherViews(connection: Connection, person: number, name: string): Promise<number> {
  await connection.query('SELECT FROM people WHERE id = $1 FOR NO KEY UPDATE', [person])
  const text = `SELECT count(*)::int AS n FROM saved_views
    WHERE owner_id = $1 AND list = 'calls' AND name <> $2`
  return (await connection.query<{ n: number }>(text, [person, name])).rows[0]?.n ?? 0
}

type Saving = { name: string; query: string; shared: boolean; at: string }

export async function writeView(
  connection: Connection,
  person: number,
  { name, query, shared, at }: Saving,
): Promise<SavedView> {
  const text = `WITH v AS (INSERT INTO saved_views AS w (list, name, query, owner_id, shared, created_at)
      VALUES ('calls', $2, $3, $1, $4, $5)
      ON CONFLICT (owner_id, list, name) DO UPDATE SET query = excluded.query, shared = excluded.shared
      RETURNING *)
    SELECT ${viewColumns} FROM v JOIN people p ON p.id = v.owner_id`
  const values = [person, name, query, shared, at]
  return (await connection.query<SavedView>(text, values)).rows[0] as SavedView
}

/** Whether there was one of this person with this id. */
export async function deleteView(on: On, person: number, id: number): Promise<boolean> {
  const text = 'DELETE FROM saved_views WHERE id = $1 AND owner_id = $2'
  return (await on.query(text, [id, person])).rowCount === 1
}

export async function readColumns(on: On, person: number): Promise<string[]> {
  const text = `SELECT columns FROM list_columns WHERE person_id = $1 AND list = 'calls'`
  return (await on.query<{ columns: string[] }>(text, [person])).rows[0]?.columns ?? []
}

/** None at all gives those of everybody. */
export async function writeColumns(on: On, person: number, columns: readonly string[]): Promise<void> {
  if (columns.length === 0) {
    await on.query(`DELETE FROM list_columns WHERE person_id = $1 AND list = 'calls'`, [person])
    return
  }
  const text = `INSERT INTO list_columns (person_id, list, columns) VALUES ($1, 'calls', $2)
    ON CONFLICT (person_id, list) DO UPDATE SET columns = excluded.columns`
  await on.query(text, [person, columns])
}
