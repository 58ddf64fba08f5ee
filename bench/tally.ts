import type pg from 'pg'

/** What a request of the write workloads writes: one row, or one change, and one fact. */
export type WriteKind = 'opened' | 'added' | 'completed'
export type Tally = Record<WriteKind, number>

export const noneYet = (): Tally => ({ opened: 0, added: 0, completed: 0 })

export const total = (tally: Tally) => tally.opened + tally.added + tally.completed

type Counted = { rows: Tally; facts: Tally }

const counts = `SELECT count(*)::int AS opened, count(completed_at)::int AS completed,
  (SELECT count(*)::int FROM call_interactions) AS added,
  (SELECT count(*)::int FROM facts WHERE type = 'call_opened') AS opened_facts,
  (SELECT count(*)::int FROM facts WHERE type = 'interaction_added') AS added_facts,
  (SELECT count(*)::int FROM facts WHERE type = 'call_completed') AS completed_facts FROM calls`

async function count(sql: pg.Client): Promise<Counted> {
  const row = (await sql.query(counts)).rows[0]
  const { opened, added, completed } = row
  const facts = { opened: row.opened_facts, added: row.added_facts, completed: row.completed_facts }
  return { rows: { opened, added, completed }, facts }
}

/** The database does not hold exactly what was acknowledged. */
export class NotWhatWasAcknowledged extends Error {}

/** Runs a phase and compares what it acknowledged with what the tables and the timeline gained. */
export async function checked<T extends { acknowledged: Tally }>(
  sql: pg.Client,
  who: string,
  phase: () => Promise<T>,
): Promise<T> {
  const before = await count(sql)
  const result = await phase()
  const after = await count(sql)
  for (const kind of ['opened', 'added', 'completed'] as const) {
    for (const table of ['rows', 'facts'] as const) {
      const gained = after[table][kind] - before[table][kind]
      const said = result.acknowledged[kind]
      if (gained !== said) {
        throw new NotWhatWasAcknowledged(`${who}: ${said} ${kind} acknowledged, ${gained} ${table} there`)
      }
    }
  }
  return result
}

/**
 * Calls of the server carry "CA…", those of raw SQL do not; raw may number two utterances alike, the server
 * not.
 */
const faults = `SELECT
  (SELECT count(*)::int FROM (SELECT FROM call_interactions i JOIN calls c ON c.id = i.call_id
     WHERE c.call_sid LIKE 'CA%' GROUP BY c.id
     HAVING count(*) <> max(i.sequence) + 1 OR count(DISTINCT i.sequence) <> count(*)) AS calls) AS sequences,
  (SELECT count(*)::int - count(DISTINCT (data ->> 'interaction_id')::bigint)::int FROM facts
     WHERE type = 'interaction_added') AS doubled,
  (SELECT count(*)::int FROM facts f WHERE type = 'interaction_added' AND NOT EXISTS
     (SELECT FROM call_interactions i WHERE i.id = (f.data ->> 'interaction_id')::bigint)) AS astray`

/** Once a database is no longer written: sequences without gap or double, one fact for each utterance. */
export async function checkWhole(sql: pg.Client, who: string): Promise<void> {
  const { sequences, doubled, astray } = (await sql.query(faults)).rows[0]
  if (sequences + doubled + astray === 0) return
  throw new NotWhatWasAcknowledged(
    `${who}: ${sequences} calls with a wrong sequence, ${doubled} doubled facts, ${astray} facts of nothing`,
  )
}
