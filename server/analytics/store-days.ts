import { type Connection, type Database, sql } from '../lib/db.ts'

type From = Connection | Database['pool']

/** Facts that change no figure: there are many of them. */
const others = `('interaction_added', 'interaction_revised')`
/**
 * Days in UTC that facts are about: those of their incident and its calls, those of their call and its
 * incident, and that of an incident before a merge moved it.
 */
const touchedBy = (facts: string) => `SELECT DISTINCT (d.at AT TIME ZONE 'UTC')::date AS day
  FROM (${facts}) f CROSS JOIN LATERAL (
    SELECT i.received_at AS at FROM incidents i WHERE i.id = f.incident_id
    UNION ALL SELECT c.created_at FROM calls c WHERE c.incident_id = f.incident_id
    UNION ALL SELECT c.created_at FROM calls c WHERE c.id = f.call_id
    UNION ALL SELECT i.received_at FROM calls c JOIN incidents i ON i.id = c.incident_id
      WHERE c.id = f.call_id
    UNION ALL SELECT (f.data #>> '{changes,received_at,from}')::timestamptz WHERE f.data ? 'changes') d
  WHERE d.at IS NOT NULL`

/** `size`: bytes of its columns. */
export type PackedDay = { id: number; day: number; size: number }

/**
 * Packed days from one to another (days since 1970) that are as they were packed. Facts that packing has not
 * followed yet are asked, so that nobody reads a day without its newest correction.
 */
export async function listDays(from: From, first: number, last: number): Promise<PackedDay[]> {
  const fresh = `SELECT DISTINCT incident_id, call_id, CASE WHEN type = 'calls_merged' OR type = 'calls_split'
      OR type = 'incident_updated' THEN data ELSE '{}' END AS data
    FROM facts WHERE id > (SELECT fact_id FROM figure_cursor) AND type NOT IN ${others}`
  const text = `WITH touched AS (${touchedBy(fresh)})
    SELECT d.id, d.day - date '1970-01-01' AS day, octet_length(incidents) + octet_length(runs)
      + octet_length(calls) + octet_length(points) AS size FROM figure_days d
    WHERE d.day BETWEEN date '1970-01-01' + $1::int AND date '1970-01-01' + $2::int
      AND d.day NOT IN (SELECT day FROM touched)
      AND NOT EXISTS (SELECT 1 FROM facts WHERE type = 'history_imported'
        AND id > (SELECT fact_id FROM figure_cursor))
    ORDER BY d.day`
  return (await from.query<PackedDay>(text, [first, last])).rows
}

/** A packed day with the columns that were asked for. */
export type DayBody = { id: number; findings?: readonly unknown[] | undefined } & {
  readonly [C in 'incidents' | 'runs' | 'calls' | 'points']?: Buffer
}

/** Columns of packed days; a day that was taken out meanwhile is missing. */
export async function readDays(from: From, ids: readonly number[], columns: readonly string[]) {
  const text = `SELECT ${['id', ...columns].join(', ')} FROM figure_days WHERE id = ANY($1)`
  return (await from.query<DayBody>(text, [ids])).rows
}

/** Facts that are followed at once. */
const pageFacts = 20_000
type Page = { last: number | null; n: number; all: number }

/**
 * Takes out the days that facts since the cursor are about and moves it on; holds the lock of packing to the
 * end of the transaction. False when somebody else packs.
 */
export async function followFacts(connection: Connection): Promise<boolean> {
  const held = 'SELECT fact_id FROM figure_cursor FOR UPDATE SKIP LOCKED'
  let cursor: number | undefined = (await connection.query<{ fact_id: number }>(held)).rows[0]?.fact_id
  if (cursor === undefined) return false
  for (;;) {
    const page = `SELECT max(id) AS last, count(*) AS n,
        count(*) FILTER (WHERE type = 'history_imported') AS all
      FROM (SELECT id, type FROM facts WHERE id > $1 ORDER BY id LIMIT ${pageFacts}) f`
    const read = await connection.query<Page>(page, [cursor])
    const { last, n, all } = read.rows[0] as Page
    if (last === null) return true
    const some = `SELECT incident_id, call_id, data FROM facts WHERE id > $1 AND id <= $2
      AND type NOT IN ${others}`
    if (all > 0) await connection.query('DELETE FROM figure_days')
    else await connection.query(`DELETE FROM figure_days WHERE day IN (${touchedBy(some)})`, [cursor, last])
    await connection.query('UPDATE figure_cursor SET fact_id = $1', [last])
    cursor = last
    if (n < pageFacts) return true
  }
}

/** Days with incidents or calls that are not packed, from one to before another, the newest first. */
export async function findUnpacked(connection: Connection, first: number, end: number, most: number) {
  const text = `SELECT n AS day FROM generate_series($2::int - 1, $1::int, -1) AS n
    CROSS JOIN LATERAL (SELECT (date '1970-01-01' + n) AS day, (date '1970-01-01' + n)::timestamp AT TIME ZONE
      'UTC' AS since, (date '1970-01-01' + n + 1)::timestamp AT TIME ZONE 'UTC' AS until) d
    WHERE NOT EXISTS (SELECT 1 FROM figure_days p WHERE p.day = d.day)
      AND (EXISTS (SELECT 1 FROM incidents i WHERE i.received_at >= since AND i.received_at < until)
        OR EXISTS (SELECT 1 FROM calls c WHERE c.created_at >= since AND c.created_at < until))
    ORDER BY n DESC LIMIT $3`
  const { rows } = await connection.query<{ day: number }>(text, [first, end, most])
  return rows.map(({ day }) => day)
}

type Bodies = { incidents: Buffer; runs: Buffer; calls: Buffer; points: Buffer; findings: unknown }

export async function insertDay(connection: Connection, day: number, packed: Bodies, at: string) {
  const { incidents, runs, calls, points, findings } = packed
  const text = `INSERT INTO figure_days (day, incidents, runs, calls, points, findings, packed_at)
    VALUES (date '1970-01-01' + $1::int, $2, $3, $4, $5, $6, $7)`
  await connection.query(text, [day, incidents, runs, calls, points, JSON.stringify(findings), at])
}

export type UnitOfRun = { id: number; unit_number: string; unit_type: string; station_id: number | null }

/** All units, those out of use too: runs name them by their ids. */
export async function readUnits(db: Database): Promise<UnitOfRun[]> {
  const { rows } = await sql<UnitOfRun>`SELECT id, unit_number, unit_type, station_id FROM units`.execute(
    db.kysely,
  )
  return rows
}
