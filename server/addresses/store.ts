import type { Connection, Database } from '../lib/db.ts'

type From = Pick<Connection, 'query'> | Database['pool']
type Point = { latitude: number; longitude: number }

export type StreetRow = { id: number; name: string; area: string } & Point
export type PlaceRow = { id: number; name: string; kind: string } & Point

/** Streets after this id, in the order of their ids. */
export async function readStreets(from: From, after: number, limit: number): Promise<StreetRow[]> {
  const text = `SELECT id, name, area, latitude, longitude FROM address_streets
    WHERE id > $1 ORDER BY id LIMIT $2`
  return (await from.query<StreetRow>(text, [after, limit])).rows
}

export async function readPlaces(from: From, after: number, limit: number): Promise<PlaceRow[]> {
  const text = `SELECT id, name, kind, latitude, longitude FROM address_places
    WHERE id > $1 ORDER BY id LIMIT $2`
  return (await from.query<PlaceRow>(text, [after, limit])).rows
}

const numbers = 'left_from, left_to, right_from, right_to'
/** Null where the side has no numbers; greatest() alone would leave the nulls out and say 0. */
const gap = (side: string) => `CASE WHEN ${side}_from IS NOT NULL AND ${side}_to IS NOT NULL
  THEN greatest(least(${side}_from, ${side}_to) - $2, $2 - greatest(${side}_from, ${side}_to), 0) END`

export type SegmentRow = {
  street_id: number
  line: [number, number][]
  left_from: number | null
  left_to: number | null
  right_from: number | null
  right_to: number | null
}

/** Of each street the pieces whose house numbers are nearest to this one. */
export async function readSegmentsNear(from: From, streetIds: readonly number[], number: number) {
  const text = `SELECT s.* FROM unnest($1::bigint[]) AS wanted(id), LATERAL (
      SELECT street_id, line, ${numbers} FROM address_segments
      WHERE street_id = wanted.id AND (left_from IS NOT NULL OR right_from IS NOT NULL)
      ORDER BY least(${gap('left')}, ${gap('right')}), id LIMIT 12
    ) s`
  return (await from.query<SegmentRow>({ name: 'segments-near', text, values: [streetIds, number] })).rows
}

export type HouseRow = { street_id: number; number: number; label: string; area: string } & Point

/** Whether any house is known by its own place. */
export async function hasHouses(from: From): Promise<boolean> {
  const text = 'SELECT EXISTS (SELECT FROM address_houses) AS has'
  return (await from.query<{ has: boolean }>(text)).rows[0]?.has ?? false
}

/** Of each street the houses whose numbers are nearest to this one, on both sides of it. */
export async function readHousesNear(from: From, streetIds: readonly number[], number: number) {
  const columns = 'street_id, number, label, area, latitude, longitude'
  const some = (where: string, order: string, limit: number) =>
    `(SELECT ${columns} FROM address_houses WHERE street_id = wanted.id AND number ${where} $2
      ORDER BY number ${order}, id LIMIT ${limit})`
  const text = `SELECT h.* FROM unnest($1::bigint[]) AS wanted(id), LATERAL (${some('=', '', 40)}
    UNION ALL ${some('<', 'DESC', 12)} UNION ALL ${some('>', '', 12)}) h`
  return (await from.query<HouseRow>({ name: 'houses-near', text, values: [streetIds, number] })).rows
}

/** Houses within the bounds. */
export async function readHousesWithin(from: From, { south, west, north, east }: Bounds) {
  const text = `SELECT street_id, number, label, area, latitude, longitude FROM address_houses
    WHERE point(longitude, latitude) <@ box(point($1, $2), point($3, $4)) LIMIT 500`
  const values = [west, south, east, north]
  return (await from.query<HouseRow>({ name: 'houses-within', text, values })).rows
}

/** What a street covers, and a point on it. */
export async function readExtents(from: From, streetIds: readonly number[]) {
  const text = `SELECT street_id, min(south) AS south, min(west) AS west, max(north) AS north,
      max(east) AS east FROM address_segments WHERE street_id = ANY($1) GROUP BY street_id`
  type Extent = { street_id: number; south: number; west: number; north: number; east: number }
  return (await from.query<Extent>({ name: 'street-extents', text, values: [streetIds] })).rows
}

export type CrossingRow = { street_ids: number[] } & Point

/** bigint[] comes as texts. */
const readIds = (rows: readonly (Point & { street_ids: string[] })[]): CrossingRow[] =>
  rows.map((row) => ({ ...row, street_ids: row.street_ids.map(Number) }))

/** Junctions of a street of `some` with one of `others`; of any others when these are left out. */
export async function readCrossings(
  from: From,
  some: readonly number[],
  others: readonly number[] | undefined,
): Promise<CrossingRow[]> {
  const text = `SELECT street_ids, latitude, longitude FROM address_intersections
    WHERE street_ids && $1::bigint[] ${others ? 'AND street_ids && $2::bigint[]' : ''} ORDER BY id LIMIT 1000`
  const values = others ? [some, others] : [some]
  const name = others ? 'crossings-of-two' : 'crossings-of-one'
  return readIds((await from.query({ name, text, values })).rows)
}

export type Bounds = { south: number; west: number; north: number; east: number }

/** Pieces of streets that may lie within the bounds. */
export async function readSegmentsWithin(from: From, bounds: Bounds) {
  const text = `SELECT street_id, line, ${numbers} FROM address_segments
    WHERE box(point(west, south), point(east, north)) && box(point($1, $2), point($3, $4)) LIMIT 2000`
  const { south, west, north, east } = bounds
  const values = [west, south, east, north]
  return (await from.query<SegmentRow>({ name: 'segments-within', text, values })).rows
}
