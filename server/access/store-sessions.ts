import type { Connection, Database } from '../lib/db.ts'

/** Sessions a person may have at once; the oldest makes room. */
const mostSessions = 20

export type NewSession = {
  /** SHA-256 of the token, in hex. */
  token: string
  person_id: number
  generation: number
  created_at: string
  expires_at: string
  /** Of the session of the same browser that ends with it; null for none. */
  before: string | null
}

/**
 * Whether it could begin: not when the person's sessions were ended since the password was looked at. The
 * lock on the person lets that not happen meanwhile.
 */
export async function insertSession(connection: Connection, one: NewSession): Promise<boolean> {
  const held = 'SELECT FROM people WHERE id = $1 AND generation = $2 AND active FOR NO KEY UPDATE'
  if ((await connection.query(held, [one.person_id, one.generation])).rowCount !== 1) return false
  await connection.query(
    `INSERT INTO sessions (token_hash, person_id, generation, created_at, expires_at)
    VALUES (decode($1, 'hex'), $2, $3, $4, $5)`,
    [one.token, one.person_id, one.generation, one.created_at, one.expires_at],
  )
  const over = `SELECT id FROM sessions WHERE person_id = $1 ORDER BY id DESC OFFSET ${mostSessions}`
  await connection.query(
    `WITH gone AS (DELETE FROM sessions
      WHERE id IN (${over}) OR token_hash = decode($2, 'hex') RETURNING 1)
    SELECT pg_notify('access', '') FROM gone`,
    [one.person_id, one.before],
  )
  return true
}

/** Sessions that ended by themselves, a batch at a time. */
export async function deleteEndedSessions(db: Database, now: string): Promise<void> {
  const ended = 'SELECT id FROM sessions WHERE expires_at < $1 LIMIT 10000 FOR UPDATE SKIP LOCKED'
  await db.pool.query(`DELETE FROM sessions WHERE id IN (${ended})`, [now])
}

export type Session = {
  person_id: number
  generation: number
  created_at: string
  expires_at: string
  last_seen_at: string | null
}

export async function findSession(db: Database, token: string): Promise<Session | undefined> {
  const text = `SELECT person_id, generation, created_at, expires_at, last_seen_at FROM sessions
    WHERE token_hash = decode($1, 'hex')`
  return (await db.pool.query<Session>({ name: 'session', text, values: [token] })).rows[0]
}

/** At most once a minute a session, whichever process is asked; a row that is held is left as it is. */
export async function noteSession(db: Database, token: string, at: string): Promise<void> {
  const text = `UPDATE sessions SET last_seen_at = $2 WHERE id = (SELECT id FROM sessions
    WHERE token_hash = decode($1, 'hex')
      AND (last_seen_at IS NULL OR last_seen_at < $2::timestamptz - interval '1 minute')
    FOR NO KEY UPDATE SKIP LOCKED)`
  await db.pool.query(text, [token, at])
}

/** Ends a session by its token; every process asks anew who its callers are. */
export async function deleteSession(db: Database, token: string): Promise<void> {
  await db.pool.query(
    `WITH gone AS (DELETE FROM sessions WHERE token_hash = decode($1, 'hex') RETURNING 1)
    SELECT pg_notify('access', '') FROM gone`,
    [token],
  )
}

/** Sessions of a person that have not ended, the newest first; `token` is of the one that asks. */
export async function listSessions(db: Database, personId: number, token: string | undefined, now: string) {
  const text = `SELECT s.id, s.created_at, s.expires_at, s.last_seen_at,
      coalesce(s.token_hash = decode($2, 'hex'), false) AS current
    FROM sessions s JOIN people p ON p.id = s.person_id AND p.generation = s.generation
    WHERE s.person_id = $1 AND s.expires_at > $3 ORDER BY s.id DESC LIMIT ${mostSessions}`
  const { rows } = await db.pool.query<{
    id: number
    created_at: string
    expires_at: string
    last_seen_at: string | null
    current: boolean
  }>(text, [personId, token ?? null, now])
  return rows
}

/** Whether the person had such a session. */
export async function deleteOwnSession(db: Database, personId: number, id: number): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `WITH gone AS (DELETE FROM sessions WHERE person_id = $1 AND id = $2 RETURNING 1)
    SELECT pg_notify('access', '') FROM gone`,
    [personId, id],
  )
  return rowCount === 1
}

/** Ends the sessions and tokens of a person but the session with this token. */
export async function endOtherSessions(connection: Connection, personId: number, token: string | undefined) {
  const text = 'UPDATE people SET generation = generation + 1 WHERE id = $1 RETURNING generation'
  const { rows } = await connection.query<{ generation: number }>(text, [personId])
  const kept = [personId, token ?? '']
  await connection.query(
    "DELETE FROM sessions WHERE person_id = $1 AND token_hash <> decode($2, 'hex')",
    kept,
  )
  await connection.query(
    "UPDATE sessions SET generation = $3 WHERE person_id = $1 AND token_hash = decode($2, 'hex')",
    [...kept, rows[0]?.generation],
  )
  await connection.query("SELECT pg_notify('access', '')")
}
