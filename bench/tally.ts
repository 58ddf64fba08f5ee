import type pg from 'pg'

/** What a request of the write workloads writes: one row, or one change, and one fact. */
export const kinds = ['opened', 'added', 'completed', 'sent'] as const
export type WriteKind = (typeof kinds)[number]
export type Tally = Record<WriteKind, number>

export const noneYet = (): Tally => ({ opened: 0, added: 0, completed: 0, sent: 0 })

export const total = (tally: Tally) => kinds.reduce((sum, kind) => sum + tally[kind], 0)

const live = `status NOT IN ('CLEARED', 'CANCELLED', 'DIVERTED')`

const countRows = `SELECT count(*)::int AS opened, count(completed_at)::int AS completed,
  (SELECT count(*)::int FROM call_interactions) AS added,
  (SELECT count(*)::int FROM assignments) AS sent FROM calls`

const countFacts = `SELECT count(*) FILTER (WHERE type = 'call_opened')::int AS opened,
  count(*) FILTER (WHERE type = 'interaction_added')::int AS added,
  count(*) FILTER (WHERE type = 'call_completed')::int AS completed,
  count(*) FILTER (WHERE type = 'unit_assigned')::int AS sent FROM facts`

/** The index that forbids it is not asked: what a benchmark trusts, it does not measure. */
const countTwice = `SELECT (count(*) - count(DISTINCT unit_id))::int AS twice FROM assignments WHERE ${live}`

async function count(sql: pg.Client): Promise<{ rows: Tally; facts: Tally; twice: number }> {
  const [rows, facts] = [await sql.query<Tally>(countRows), await sql.query<Tally>(countFacts)]
  const { twice } = (await sql.query(countTwice)).rows[0]
  return { rows: rows.rows[0] as Tally, facts: facts.rows[0] as Tally, twice }
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
  for (const kind of kinds) {
    for (const table of ['rows', 'facts'] as const) {
      const gained = after[table][kind] - before[table][kind]
      const said = result.acknowledged[kind]
      if (gained !== said) {
        throw new NotWhatWasAcknowledged(`${who}: ${said} ${kind} acknowledged, ${gained} ${table} there`)
      }
    }
  }
  if (after.twice > 0) {
    throw new NotWhatWasAcknowledged(`${who}: ${after.twice} units too many on live assignments`)
  }
  return result
}

const orphans = (type: string, table: string, id: string) => `SELECT count(*)::int AS times FROM facts f
  WHERE type = '${type}' AND NOT EXISTS
    (SELECT FROM ${table} r WHERE r.id = (f.data ->> '${id}')::bigint)`
const doubles = (type: string, id: string) =>
  `SELECT (count(*) - count(DISTINCT (data ->> '${id}')::bigint))::int AS times FROM facts
     WHERE type = '${type}'`

/**
 * What must not be there. Calls of the server carry "CA…", those of raw SQL do not; raw may number two
 * utterances alike, the server not.
 */
const faults: Readonly<Record<string, string>> = {
  'calls with a wrong sequence': `SELECT count(*)::int AS times FROM (SELECT FROM call_interactions i
     JOIN calls c ON c.id = i.call_id WHERE c.call_sid LIKE 'CA%' GROUP BY c.id
     HAVING count(*) <> max(i.sequence) + 1 OR count(DISTINCT i.sequence) <> count(*)) AS calls`,
  'utterances told twice': doubles('interaction_added', 'interaction_id'),
  'facts of no utterance': orphans('interaction_added', 'call_interactions', 'interaction_id'),
  'assignments told twice': doubles('unit_assigned', 'assignment_id'),
  'facts of no assignment': orphans('unit_assigned', 'assignments', 'assignment_id'),
  'facts of another unit or incident': `SELECT count(*)::int AS times FROM facts f
     JOIN assignments a ON a.id = (f.data ->> 'assignment_id')::bigint WHERE f.type = 'unit_assigned'
     AND (a.unit_id IS DISTINCT FROM f.unit_id OR a.incident_id IS DISTINCT FROM f.incident_id)`,
  'incidents with a wrong status': `SELECT count(*)::int AS times FROM incidents i
     WHERE (i.status = 'DISPATCHED') <>
       EXISTS (SELECT FROM assignments a WHERE a.incident_id = i.id AND ${live})`,
}

/** Once a database is no longer written: sequences without gap or double, one fact for each row. */
export async function checkWhole(sql: pg.Client, who: string): Promise<void> {
  const found: string[] = []
  for (const [fault, text] of Object.entries(faults)) {
    const { times } = (await sql.query(text)).rows[0]
    if (times > 0) found.push(`${times} ${fault}`)
  }
  if (found.length > 0) throw new NotWhatWasAcknowledged(`${who}: ${found.join(', ')}`)
}
