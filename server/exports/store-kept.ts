import { type KeptExport, type KeptFault, keptForMs } from '@toneout/contract/model/kept-export.ts'
import type { Connection, Database } from '../lib/db.ts'

const columns = `id, what, format, file_name, state, fault, rows_expected, rows_sent, bytes, requested_at,
  ended_at, expires_at`

type Counted = { own: number; all: number }

/** What fills the table, which it locks. Those that failed go when their owner asks for another. */
export async function makeRoom(connection: Connection, person: number): Promise<Counted> {
  // Two that are asked for at once must not both find the last place.
  await connection.query('LOCK TABLE kept_exports IN SHARE ROW EXCLUSIVE MODE')
  await connection.query(`DELETE FROM kept_exports WHERE person_id = $1 AND state = 'FAILED'`, [person])
  const text = `SELECT count(*) FILTER (WHERE person_id = $1) AS own, count(*) AS "all" FROM kept_exports`
  return (await connection.query<Counted>(text, [person])).rows[0] as Counted
}

export type Asked = Pick<KeptExport, 'what' | 'format' | 'file_name' | 'rows_expected'> & { person: number }

export async function addKept(connection: Connection, asked: Asked, at: string): Promise<KeptExport> {
  const text = `INSERT INTO kept_exports
      (person_id, role, what, format, file_name, rows_expected, state, requested_at, beat_at)
    SELECT p.id, p.role, $2, $3, $4, $5, 'RUNNING', $6, $6 FROM people p WHERE p.id = $1
    RETURNING ${columns}`
  const { person, what, format, file_name, rows_expected } = asked
  const values = [person, what, format, file_name, rows_expected, at]
  return (await connection.query<KeptExport>(text, values)).rows[0] as KeptExport
}

export type Progress = { rows_sent: number; bytes: number; packed_bytes: number; parts: number }

/** Says that it goes on; false when nobody waits for it any more. */
export async function beat({ pool }: Database, id: number, now: Progress, at: string): Promise<boolean> {
  const text = `UPDATE kept_exports
    SET rows_sent = $2, bytes = $3, packed_bytes = $4, parts = $5, beat_at = $6
    WHERE id = $1 AND state = 'RUNNING'`
  const values = [id, now.rows_sent, now.bytes, now.packed_bytes, now.parts, at]
  return (await pool.query(text, values)).rowCount === 1
}

export async function addPart({ pool }: Database, id: number, part: number, packed: Buffer): Promise<void> {
  await pool.query('INSERT INTO kept_export_parts (export_id, part, packed) VALUES ($1, $2, $3)', [
    ...[id, part, packed],
  ])
}

const expiry = (at: string) => new Date(Date.parse(at) + keptForMs).toISOString()

/** False when it was removed meanwhile. */
export async function setReady({ pool }: Database, id: number, now: Progress, at: string): Promise<boolean> {
  const text = `UPDATE kept_exports SET state = 'READY', rows_sent = $2, bytes = $3, packed_bytes = $4,
      parts = $5, ended_at = $6, expires_at = $7
    WHERE id = $1 AND state = 'RUNNING'`
  const values = [id, now.rows_sent, now.bytes, now.packed_bytes, now.parts, at, expiry(at)]
  return (await pool.query(text, values)).rowCount === 1
}

/** Keeps nothing of the file. */
export async function setFailed({ pool }: Database, id: number, fault: KeptFault, at: string): Promise<void> {
  const text = `WITH failed AS (UPDATE kept_exports SET state = 'FAILED', fault = $2, ended_at = $3,
        expires_at = $4 WHERE id = $1 AND state = 'RUNNING' RETURNING id)
    DELETE FROM kept_export_parts WHERE export_id IN (SELECT id FROM failed)`
  await pool.query(text, [id, fault, at, expiry(at)])
}

/** Newest first; they are few. */
export async function readKept({ pool }: Database, person: number): Promise<KeptExport[]> {
  const text = `SELECT ${columns} FROM kept_exports WHERE person_id = $1 ORDER BY id DESC LIMIT 100`
  return (await pool.query<KeptExport>(text, [person])).rows
}

type Ready = Pick<KeptExport, 'id' | 'what' | 'format' | 'file_name' | 'bytes'> & { parts: number }

/** The file as far as it is there for this person, in the role they had; undefined when it is not. */
export async function findReady({ pool }: Database, id: number, person: number, at: string) {
  const text = `SELECT id, what, format, file_name, bytes, parts FROM kept_exports
    WHERE id = $1 AND person_id = $2 AND state = 'READY' AND expires_at > $3
      AND role = (SELECT p.role FROM people p WHERE p.id = $2)`
  return (await pool.query<Ready>(text, [id, person, at])).rows[0]
}

export async function readPart({ pool }: Database, id: number, part: number): Promise<Buffer | undefined> {
  const text = 'SELECT packed FROM kept_export_parts WHERE export_id = $1 AND part = $2'
  return (await pool.query<{ packed: Buffer }>(text, [id, part])).rows[0]?.packed
}

/** Who makes it finds out with its next sign of life. False when there is none of this person's. */
export async function removeKept({ pool }: Database, id: number, person: number): Promise<boolean> {
  const text = 'DELETE FROM kept_exports WHERE id = $1 AND person_id = $2'
  return (await pool.query(text, [id, person])).rowCount === 1
}

/** Deletes what has expired, and gives up what no process speaks of any more. */
export async function tidyKept({ pool }: Database, at: string, silentSince: string): Promise<void> {
  await pool.query('DELETE FROM kept_exports WHERE expires_at <= $1', [at])
  const text = `SELECT id FROM kept_exports WHERE state = 'RUNNING' AND beat_at < $1`
  const { rows } = await pool.query<{ id: number }>(text, [silentSince])
  for (const { id } of rows) await setFailed({ pool } as Database, id, 'server_stopped', at)
}
