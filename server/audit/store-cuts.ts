import type { Connection } from '../lib/db.ts'

type On = Pick<Connection, 'query'>
export type CutRow = { seq: number; last_fact_id: number; hash: Buffer; fact_count: number; cut_at: string }

const columns = 'seq, last_fact_id, hash, fact_count, cut_at'

/** Where the chain begins now; undefined while it was never cut. */
export async function newestCut(on: On): Promise<CutRow | undefined> {
  const text = `SELECT ${columns} FROM audit_cuts ORDER BY seq DESC LIMIT 1`
  return (await on.query<CutRow>({ name: 'newest-cut', text })).rows[0]
}

/** Whether a fact of the timeline tells of the cut as it is in its table. */
export async function isOnRecord(on: On, { seq, hash }: Pick<CutRow, 'seq' | 'hash'>): Promise<boolean> {
  const text = `SELECT EXISTS (SELECT FROM facts WHERE type = 'history_cut' AND data ->> 'seq' = $1
    AND data ->> 'hash' = $2) AS found`
  const { rows } = await on.query<{ found: boolean }>(text, [String(seq), hash.toString('hex')])
  return rows[0]?.found ?? false
}

/** What is still there of what was taken away: the first fact and the first block, null for none. */
export async function readLeftovers(on: On, { seq, last_fact_id }: Pick<CutRow, 'seq' | 'last_fact_id'>) {
  const text = `SELECT (SELECT min(id) FROM facts WHERE id <= $1) AS fact_id,
    (SELECT min(seq) FROM audit_seals WHERE seq <= $2) AS seq`
  const { rows } = await on.query<{ fact_id: number | null; seq: number | null }>(text, [last_fact_id, seq])
  return rows[0] as { fact_id: number | null; seq: number | null }
}

/** Cuts up to a block what the database lets go; undefined for nothing, or when another process is at it. */
export async function cutChain(on: On, toSeq: number, before: string): Promise<CutRow | undefined> {
  const text = `SELECT ${columns} FROM cut_audit($1, $2)`
  return (await on.query<CutRow>(text, [toSeq, before])).rows[0]
}
