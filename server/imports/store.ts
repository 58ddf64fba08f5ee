import type { Finding, HistoricIncident, Run } from '@toneout/contract/model/import.ts'
import { timeNames } from '@toneout/contract/model/import-mapping.ts'
import type { Connection } from '../lib/db.ts'

/** Key of the advisory lock that one import at a time holds for its session: "toim" in ASCII. */
const importLock = 0x746f696d

export async function takeTurn(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query('SELECT pg_try_advisory_lock($1) AS taken', [importLock])
  return rows[0].taken
}

export type Counts = {
  rows_read: number
  rows_added: number
  rows_known: number
  rows_flagged: number
  rows_held: number
  incidents_added: number
  units_added: number
}
export type Begun = Counts & { id: number }

const counted = `rows_read, rows_added, rows_known, rows_flagged, rows_held, incidents_added, units_added`

/** The import of this file that was stopped before its end; undefined when there is none. */
export async function findStopped(connection: Connection, source: string, hash: Buffer) {
  const text = `SELECT id, ${counted} FROM imports
    WHERE source = $1 AND file_hash = $2 AND ended_at IS NULL ORDER BY id DESC LIMIT 1`
  return (await connection.query<Begun>(text, [source, hash])).rows[0]
}

type File = { source: string; file_name: string; file_hash: Buffer; bytes_total: number }

export async function begin(connection: Connection, file: File, at: string): Promise<Begun> {
  const text = `INSERT INTO imports (source, file_name, file_hash, bytes_total, started_at)
    VALUES ($1, $2, $3, $4, $5) RETURNING id, ${counted}`
  const values = [file.source, file.file_name, file.file_hash, file.bytes_total, at]
  return (await connection.query<Begun>(text, values)).rows[0] as Begun
}

export async function keepProgress(connection: Connection, now: Begun & { bytes_read: number }) {
  const text = `UPDATE imports SET bytes_read = $2, rows_read = $3, rows_added = $4, rows_known = $5,
    rows_flagged = $6, rows_held = $7, incidents_added = $8, units_added = $9 WHERE id = $1`
  const { id, bytes_read, rows_read, rows_added, rows_known, rows_flagged, rows_held } = now
  const counts = [rows_read, rows_added, rows_known, rows_flagged, rows_held]
  await connection.query(text, [id, bytes_read, ...counts, now.incidents_added, now.units_added])
}

export async function end(connection: Connection, id: number, at: string): Promise<void> {
  await connection.query('UPDATE imports SET ended_at = $2, bytes_read = bytes_total WHERE id = $1', [id, at])
}

/** Ids of units by number; those that are not there are made, retired, as they were once. */
export async function findUnits(connection: Connection, units: readonly Run['unit'][], at: string) {
  const numbers = units.map(({ number }) => number)
  const types = units.map(({ type }) => type)
  const made = await connection.query(
    `INSERT INTO units (unit_number, unit_type, retired_at, updated_at)
      SELECT n, t, $3, $3 FROM unnest($1::text[], $2::text[]) AS r(n, t)
      ON CONFLICT (unit_number) DO NOTHING`,
    [numbers, types, at],
  )
  const text = 'SELECT id, unit_number FROM units WHERE unit_number = ANY($1)'
  const { rows } = await connection.query<{ id: number; unit_number: string }>(text, [numbers])
  return { made: made.rowCount ?? 0, ids: new Map(rows.map((row) => [row.unit_number, row.id])) }
}

/** An array as PostgreSQL reads it, of values that need no quotes: the driver looks at each letter. */
const arrayOf = (values: readonly (string | number | null)[]) =>
  `{${values.map((one) => one ?? 'NULL').join()}}`
/** Instants go as milliseconds since 1970: their text takes both sides three times as long. */
const instantOf = (name: string) => `to_timestamp(${name} / 1000)`

/** Ids of incidents by key. One whose runs come in several batches spans them all. */
export async function findIncidents(
  connection: Connection,
  source: string,
  incidents: readonly HistoricIncident[],
  at: string,
) {
  const text = `INSERT INTO incidents (incident_number, status, priority, emergency_type, location, latitude,
      longitude, received_at, closed_at, disposition, import_source, import_key, updated_at)
    SELECT $1 || ' ' || key, CASE WHEN d = 'CANCELLED_BEFORE_ARRIVAL' THEN 'CANCELLED' ELSE 'CLOSED' END,
      p, e, l, lat, lon, ${instantOf('r')}, ${instantOf('c')}, d, $1, key, $2
    FROM unnest($3::text[], $4::int[], $5::text[], $6::text[], $7::float8[], $8::float8[],
      $9::float8[], $10::float8[], $11::text[]) AS n(key, p, e, l, lat, lon, r, c, d)
    ON CONFLICT (import_source, import_key) WHERE import_source IS NOT NULL DO UPDATE
      SET received_at = least(incidents.received_at, excluded.received_at),
        closed_at = greatest(incidents.closed_at, excluded.closed_at)
      WHERE incidents.received_at > excluded.received_at OR incidents.closed_at < excluded.closed_at
    RETURNING id, xmax = 0 AS is_new`
  const of = <T>(pick: (one: HistoricIncident) => T) => incidents.map(pick)
  const keys = of((one) => one.key)
  const written = await connection.query<{ id: number; is_new: boolean }>({
    name: 'import-incidents',
    text,
    values: [
      ...[source, at, keys, arrayOf(of((one) => one.priority)), arrayOf(of((one) => one.emergency_type))],
      ...[of((one) => one.location), arrayOf(of((one) => one.latitude)), arrayOf(of((one) => one.longitude))],
      ...[arrayOf(of((one) => one.received_at)), arrayOf(of((one) => one.closed_at))],
      arrayOf(of((one) => one.disposition)),
    ],
  })
  const { rows } = await connection.query<{ id: number; import_key: string }>({
    name: 'imported-incidents',
    text: 'SELECT id, import_key FROM incidents WHERE import_source = $1 AND import_key = ANY($2)',
    values: [source, keys],
  })
  const made = written.rows.filter(({ is_new }) => is_new).length
  return { made, ids: new Map(rows.map((row) => [row.import_key, row.id])) }
}

export type HistoricRun = { row_key: string; incident_id: number; unit_id: number; times: Run['times'] }

/** Gives how many were not there yet. */
export async function insertRuns(connection: Connection, source: string, runs: readonly HistoricRun[]) {
  const stamps = timeNames.map((_, index) => `$${index + 5}::float8[]`)
  const text = `INSERT INTO assignments (import_source, import_key, incident_id, unit_id, status,
      ${timeNames.join(', ')})
    SELECT $1, k, i, u, 'CLEARED', ${timeNames.map(instantOf).join(', ')}
    FROM unnest($2::text[], $3::bigint[], $4::bigint[], ${stamps.join(', ')})
      AS n(k, i, u, ${timeNames.join(', ')})
    ON CONFLICT (import_source, import_key) WHERE import_source IS NOT NULL DO NOTHING`
  const of = <T>(pick: (one: HistoricRun) => T) => runs.map(pick)
  const written = await connection.query({
    name: 'import-runs',
    text,
    values: [
      ...[source, of((one) => one.row_key)],
      ...[arrayOf(of((one) => one.incident_id)), arrayOf(of((one) => one.unit_id))],
      ...timeNames.map((name) => arrayOf(of((one) => one.times[name]))),
    ],
  })
  return written.rowCount ?? 0
}

export type Quarantined = Finding & { row_key: string; line: number; is_held: boolean }

/** A row that was found before is there once, whatever the import. */
export async function quarantine(
  connection: Connection,
  { id, source }: { id: number; source: string },
  found: readonly Quarantined[],
): Promise<void> {
  const of = <T>(pick: (one: Quarantined) => T) => found.map(pick)
  await connection.query(
    `INSERT INTO import_quarantine (import_id, source, row_key, line, reason, detail, is_held)
      SELECT $1, $2, * FROM unnest($3::text[], $4::bigint[], $5::text[], $6::text[], $7::boolean[])
      ON CONFLICT ON CONSTRAINT import_quarantine_once DO NOTHING`,
    [
      ...[id, source, of((one) => one.row_key), of((one) => one.line), of((one) => one.reason)],
      ...[of((one) => one.detail), of((one) => one.is_held)],
    ],
  )
}

/** Milliseconds. */
const overlapMs = 600_000

/**
 * Runs of a unit that began while an earlier one of the same source had not ended; gives their number. A unit
 * that is named for want of another is on several runs at once.
 */
export async function findOverlaps(connection: Connection, id: number, source: string, notNamed: string) {
  const text = `WITH runs AS (SELECT import_key, assigned_at, max(cleared_at) OVER (PARTITION BY unit_id
        ORDER BY assigned_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
      FROM assignments WHERE import_source = $2
        AND unit_id <> ALL (SELECT u.id FROM units u WHERE u.unit_number = $3))
    INSERT INTO import_quarantine (import_id, source, row_key, line, reason, detail, is_held)
    SELECT $1, $2, import_key, 0, 'overlapping', 'The unit had not ended its run before', false
    FROM runs WHERE assigned_at < busy_until
    ON CONFLICT ON CONSTRAINT import_quarantine_once DO NOTHING`
  // It passes over all runs of the source, which takes longer than a statement otherwise may.
  const query = { text, values: [id, source, notNamed], query_timeout: overlapMs }
  return (await connection.query(query)).rowCount ?? 0
}
