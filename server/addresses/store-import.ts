import type { Connection } from '../lib/db.ts'
import { arrayLiteral, type Column, insertRows } from '../lib/insert-rows.ts'

/** Deleting and writing a whole country takes longer than a request may. */
const importMs = 600_000

/** The driver's types do not know its limit of one statement. */
type Statement = { text: string; values?: unknown[] }

/** Imports one after the other, while searches go on. */
export async function lockSources(connection: Connection): Promise<void> {
  await connection.query("SELECT set_config('statement_timeout', $1, true)", [`${importMs}ms`])
  await connection.query('LOCK TABLE address_sources IN SHARE ROW EXCLUSIVE MODE')
}

export async function deleteSource(connection: Connection, source: string): Promise<void> {
  // Houses and pieces before streets: they belong to them.
  for (const table of ['houses', 'segments', 'intersections', 'places', 'streets']) {
    const text = `DELETE FROM address_${table} WHERE source = $1`
    // The driver's own limit is a request's too.
    await connection.query({ text, values: [source], query_timeout: importMs } as Statement)
  }
}

/** So many unused ids of streets. */
export async function takeStreetIds(connection: Connection, count: number): Promise<number[]> {
  const text = `SELECT nextval(pg_get_serial_sequence('address_streets', 'id')) AS id
    FROM generate_series(1, $1::int)`
  return (await connection.query<{ id: number }>(text, [count])).rows.map(({ id }) => id)
}

type Table = 'address_streets' | 'address_segments' | 'address_places' | 'address_houses'

/** Rows a statement at most. */
const batch = 2_000

/** Writes rows of a table; `columns` gives the columns of a batch. */
export async function insertAll<Row>(
  connection: Connection,
  table: Table,
  rows: readonly Row[],
  columns: (some: readonly Row[]) => Column[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += batch) {
    await insertRows(connection, table, columns(rows.slice(at, at + batch)))
  }
}

export type NewCrossing = { street_ids: readonly number[]; latitude: number; longitude: number }

export async function insertCrossings(
  connection: Connection,
  source: string,
  crossings: readonly NewCrossing[],
): Promise<void> {
  const text = `INSERT INTO address_intersections (source, street_ids, latitude, longitude)
    SELECT $1, ids::bigint[], latitude, longitude
    FROM unnest($2::text[], $3::float8[], $4::float8[]) AS r(ids, latitude, longitude)`
  for (let at = 0; at < crossings.length; at += batch) {
    const some = crossings.slice(at, at + batch)
    const ids = arrayLiteral(some.map((one) => `{${one.street_ids.join(',')}}`))
    const latitudes = arrayLiteral(some.map((one) => one.latitude))
    await connection.query(text, [source, ids, latitudes, arrayLiteral(some.map((one) => one.longitude))])
  }
}

export type Counts = {
  streets: number
  segments: number
  intersections: number
  places: number
  houses: number
}

export async function writeSource(connection: Connection, name: string, counts: Counts, at: string) {
  await connection.query(
    `INSERT INTO address_sources (name, imported_at, streets, segments, intersections, places, houses)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO UPDATE SET imported_at = excluded.imported_at,
       streets = excluded.streets, segments = excluded.segments,
       intersections = excluded.intersections, places = excluded.places, houses = excluded.houses`,
    [name, at, counts.streets, counts.segments, counts.intersections, counts.places, counts.houses],
  )
}

/** Searches begin at once; the database's own look at its tables comes a minute later. */
export async function analyzeTables(connection: Connection): Promise<void> {
  const tables = ['streets', 'segments', 'intersections', 'places', 'houses'].map((one) => `address_${one}`)
  await connection.query({ text: `ANALYZE ${tables.join(', ')}`, query_timeout: importMs } as Statement)
}

/** Wakes every process to read the names anew, when the transaction commits. */
export async function tellImport(connection: Connection): Promise<void> {
  await connection.query("SELECT pg_notify('addresses', '')")
}
