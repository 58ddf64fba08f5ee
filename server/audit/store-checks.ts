import type { Connection } from '../lib/db.ts'

/** The newest check of a person, as far as it is; `bad_seq` is the block of the fault that ended it. */
export type CheckRow = {
  person_id: number
  begun_at: string
  ended_at: string | null
  next_seq: number | null
  facts: number
  blocks: number
  heads: number
  bad_seq: number | null
}

const columns = 'person_id, begun_at, ended_at, next_seq, facts, blocks, heads, bad_seq'

/** Locks the row of the person, so that parts of one check are counted one after the other. */
export async function lockCheck(connection: Connection, person: number): Promise<CheckRow | undefined> {
  const text = `SELECT ${columns} FROM audit_checks WHERE person_id = $1 FOR UPDATE`
  return (await connection.query<CheckRow>(text, [person])).rows[0]
}

export async function writeCheck(connection: Connection, row: CheckRow): Promise<void> {
  const text = `INSERT INTO audit_checks (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (person_id) DO UPDATE SET (begun_at, ended_at, next_seq, facts, blocks, heads, bad_seq)
      = ROW (excluded.begun_at, excluded.ended_at, excluded.next_seq, excluded.facts, excluded.blocks,
        excluded.heads, excluded.bad_seq)`
  const { person_id, begun_at, ended_at, next_seq, facts, blocks, heads, bad_seq } = row
  await connection.query(text, [person_id, begun_at, ended_at, next_seq, facts, blocks, heads, bad_seq])
}
