import { type Finding, mostFindings, type ToldFinding } from '@toneout/contract/model/finding.ts'
import type { Connection } from '../lib/db.ts'

const columns = `f.field, f.value, f.confidence, f.quote, f.sequence, f.told_at, f.told_by, f.confirmed_at,
  f.confirmed_by`

/** The call's number, held so that its words are not erased meanwhile; undefined when there is none. */
export async function holdCall(connection: Connection, sid: string): Promise<number | undefined> {
  const text = 'SELECT id FROM calls WHERE call_sid = $1 FOR KEY SHARE'
  return (await connection.query<{ id: number }>(text, [sid])).rows[0]?.id
}

export type OfCall = { id: number; created_at: string; completed_at: string | null }

export async function findCall(on: Pick<Connection, 'query'>, sid: string): Promise<OfCall | undefined> {
  const text = 'SELECT id, created_at, completed_at FROM calls WHERE call_sid = $1'
  return (await on.query<OfCall>(text, [sid])).rows[0]
}

/** All findings of a call by their fields, so that a better one stands where the other stood. */
export async function readFindings(on: Pick<Connection, 'query'>, callId: number): Promise<Finding[]> {
  const text = `SELECT ${columns} FROM call_findings f WHERE f.call_id = $1
    ORDER BY f.field LIMIT ${mostFindings}`
  return (await on.query<Finding>({ name: 'read-findings', text, values: [callId] })).rows
}

export async function countFindings(connection: Connection, callId: number, fields: readonly string[]) {
  const text = `SELECT count(*)::int AS n FROM call_findings WHERE call_id = $1 AND field <> ALL($2)`
  return (await connection.query<{ n: number }>(text, [callId, fields])).rows[0]?.n as number
}

type Telling = { callId: number; at: string; by: string; confirmed: boolean }

/** Writes what was told and gives the fields that changed; what a person confirmed only a person changes. */
export async function writeFindings(
  connection: Connection,
  told: readonly ToldFinding[],
  { callId, at, by, confirmed }: Telling,
): Promise<string[]> {
  const text = `INSERT INTO call_findings AS f (call_id, field, value, confidence, quote, sequence, told_at,
      told_by, confirmed_at, confirmed_by)
    SELECT $1, t.field, t.value, t.confidence, coalesce(t.quote, ''), t.sequence, $3::timestamptz, $4,
      CASE WHEN $5 THEN $3::timestamptz END, CASE WHEN $5 THEN $4::text END
    FROM json_to_recordset($2) AS t(field text, value text, confidence float8, quote text, sequence bigint)
    ORDER BY t.field
    ON CONFLICT (call_id, field) DO UPDATE SET value = excluded.value, confidence = excluded.confidence,
      quote = excluded.quote, sequence = excluded.sequence, told_at = excluded.told_at,
      told_by = excluded.told_by, confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by
      WHERE ($5 OR f.confirmed_at IS NULL) AND (f.value, f.confidence, f.quote, f.sequence)
        IS DISTINCT FROM (excluded.value, excluded.confidence, excluded.quote, excluded.sequence)
    RETURNING field`
  const values = [callId, JSON.stringify(told), at, by, confirmed]
  return (await connection.query<{ field: string }>(text, values)).rows.map(({ field }) => field)
}

export async function lockFinding(connection: Connection, callId: number, field: string) {
  const text = `SELECT ${columns} FROM call_findings f WHERE f.call_id = $1 AND f.field = $2 FOR UPDATE`
  return (await connection.query<Finding>(text, [callId, field])).rows[0]
}

export async function confirm(connection: Connection, callId: number, one: Finding): Promise<void> {
  const text = `UPDATE call_findings SET value = $3, confirmed_at = $4, confirmed_by = $5
    WHERE call_id = $1 AND field = $2`
  await connection.query(text, [callId, one.field, one.value, one.confirmed_at, one.confirmed_by])
}
