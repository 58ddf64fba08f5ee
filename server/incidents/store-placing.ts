import type { Connection, Database } from '../lib/db.ts'

export type Unplaced = { id: number; location: string }
type Place = { latitude: number | null; longitude: number | null }

/** The server may set the position: nobody else did, or what is there is what it gave itself. */
const isOurs = `NOT ('latitude' = ANY (set_by_people))
  AND (latitude IS NULL OR (latitude = geocoded_latitude AND longitude = geocoded_longitude))`
const isToDo = `closed_at IS NULL AND location <> '' AND geocoded_location IS DISTINCT FROM location
  AND ${isOurs}`

export async function readUnplaced(pool: Database['pool'], limit: number): Promise<Unplaced[]> {
  const text = `SELECT id, location FROM incidents WHERE ${isToDo} ORDER BY received_at LIMIT $1`
  return (await pool.query<Unplaced>({ name: 'read-unplaced', text, values: [limit] })).rows
}

/** Where it is while it is still to be placed by these words, locked; undefined when it is not any more. */
export async function lockUnplaced(connection: Connection, id: number, location: string) {
  const text = `SELECT latitude, longitude FROM incidents
    WHERE id = $1 AND location = $2 AND ${isToDo} FOR NO KEY UPDATE`
  return (await connection.query<Place>(text, [id, location])).rows[0]
}

export async function writePlace(
  connection: Connection,
  id: number,
  location: string,
  { latitude, longitude }: Place,
  at: string,
): Promise<void> {
  await connection.query(
    `UPDATE incidents SET geocoded_location = $2, geocoded_latitude = $3, geocoded_longitude = $4,
       latitude = $3, longitude = $4,
       updated_at = CASE WHEN latitude IS DISTINCT FROM $3 OR longitude IS DISTINCT FROM $4
         THEN $5 ELSE updated_at END
     WHERE id = $1`,
    [id, location, latitude, longitude, at],
  )
}
