import type { KnownPosition } from '@toneout/contract/model/position.ts'
import type { Connection } from '../lib/db.ts'

type Held = { id: number; unit_number: string; position_at: string | null }

/**
 * Units by id or number, held by ascending id as everybody does who holds several. A device reports often and
 * a dispatch may hold its unit: the wait is that of one commit.
 */
export async function holdUnits(
  connection: Connection,
  ids: readonly number[],
  numbers: readonly string[],
): Promise<Held[]> {
  const text = `SELECT id, unit_number, position_at FROM units
    WHERE id = ANY($1::bigint[]) OR unit_number = ANY($2::text[]) ORDER BY id FOR NO KEY UPDATE`
  return (await connection.query<Held>({ name: 'hold-units', text, values: [ids, numbers] })).rows
}

type Position = { id: number; latitude: number; longitude: number; at: string }

export async function writePositions(connection: Connection, positions: readonly Position[]): Promise<void> {
  const text = `UPDATE units u SET latitude = p.latitude, longitude = p.longitude, position_at = p.at
    FROM unnest($1::bigint[], $2::float8[], $3::float8[], $4::timestamptz[]) AS p(id, latitude, longitude, at)
    WHERE u.id = p.id`
  const values = [
    positions.map((one) => one.id),
    positions.map((one) => one.latitude),
    positions.map((one) => one.longitude),
    positions.map((one) => one.at),
  ]
  await connection.query({ name: 'write-positions', text, values })
}

/** Where a unit that has reported is. */
export async function findPosition(connection: Connection, id: number): Promise<KnownPosition | undefined> {
  const text = `SELECT id, unit_number, latitude, longitude, position_at FROM units
    WHERE id = $1 AND position_at IS NOT NULL`
  return (await connection.query<KnownPosition>({ name: 'find-position', text, values: [id] })).rows[0]
}

/** Rows of each kind at most; what is left has its turn next time. */
const mostErased = 1_000

/**
 * Erases where units last were before an instant, and the places of alarms that were cleared before it; gives
 * how many. A unit that somebody holds at this moment has its turn next time.
 */
export async function eraseOldPositions(connection: Connection, before: string): Promise<number> {
  const units = `UPDATE units SET latitude = NULL, longitude = NULL, position_at = NULL WHERE id IN
    (SELECT id FROM units WHERE position_at < $1 ORDER BY id
     LIMIT ${mostErased} FOR NO KEY UPDATE SKIP LOCKED)`
  const alarms = `UPDATE duress_alarms SET latitude = NULL, longitude = NULL WHERE id IN
    (SELECT id FROM duress_alarms WHERE cleared_at < $1 AND latitude IS NOT NULL ORDER BY id
     LIMIT ${mostErased} FOR NO KEY UPDATE SKIP LOCKED)`
  let erased = 0
  for (const text of [units, alarms]) erased += (await connection.query(text, [before])).rowCount ?? 0
  return erased
}
