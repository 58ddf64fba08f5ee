import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import type { Column } from '../lib/insert-rows.ts'
import type { House, NamedPlace, Segment } from '../streets/segment.ts'
import * as store from './store-import.ts'
import {
  type Corner,
  findCorners,
  groupStreets,
  type HousedAt,
  houseStreets,
  nameTowns,
  type Street,
} from './street-groups.ts'

export type GazetteerSource = {
  /** Names the source; an import replaces all that came from it before. */
  source: string
  segments: readonly Segment[]
  places: readonly NamedPlace[]
  houses?: readonly House[]
}

const same = (name: string, type: string, value: string, rows: readonly unknown[]): Column => ({
  name,
  type,
  values: rows.map(() => value),
})

type Numbered = { segment: Segment; street_id: number }

function segmentColumns(source: string, rows: readonly Numbered[]): Column[] {
  const column = (name: string, type: string, pick: (one: Segment) => string | number | null): Column => {
    return { name, type, values: rows.map(({ segment }) => pick(segment)) }
  }
  const least = (at: 0 | 1) => (one: Segment) => Math.min(...one.line.map((point) => point[at]))
  const most = (at: 0 | 1) => (one: Segment) => Math.max(...one.line.map((point) => point[at]))
  return [
    same('source', 'text', source, rows),
    { name: 'street_id', type: 'bigint', values: rows.map((row) => row.street_id) },
    column('line', 'jsonb', ({ line }) => JSON.stringify(line)),
    column('left_from', 'int', ({ left }) => left?.from ?? null),
    column('left_to', 'int', ({ left }) => left?.to ?? null),
    column('right_from', 'int', ({ right }) => right?.from ?? null),
    column('right_to', 'int', ({ right }) => right?.to ?? null),
    column('south', 'float8', least(1)),
    column('west', 'float8', least(0)),
    column('north', 'float8', most(1)),
    column('east', 'float8', most(0)),
  ]
}

function streetColumns(source: string, rows: readonly (Street & { id: number })[]): Column[] {
  return [
    same('source', 'text', source, rows),
    { name: 'id', type: 'bigint', values: rows.map(({ id }) => id) },
    { name: 'name', type: 'text', values: rows.map(({ name }) => name) },
    { name: 'area', type: 'text', values: rows.map(({ area }) => area) },
    { name: 'latitude', type: 'float8', values: rows.map(({ latitude }) => latitude) },
    { name: 'longitude', type: 'float8', values: rows.map(({ longitude }) => longitude) },
  ]
}

function placeColumns(source: string, rows: readonly NamedPlace[]): Column[] {
  return [
    same('source', 'text', source, rows),
    { name: 'name', type: 'text', values: rows.map(({ name }) => name) },
    { name: 'kind', type: 'text', values: rows.map(({ kind }) => kind) },
    { name: 'latitude', type: 'float8', values: rows.map(({ at }) => at[1]) },
    { name: 'longitude', type: 'float8', values: rows.map(({ at }) => at[0]) },
  ]
}

function houseColumns(source: string, rows: readonly (HousedAt & { street_id: number })[]): Column[] {
  return [
    same('source', 'text', source, rows),
    { name: 'street_id', type: 'bigint', values: rows.map(({ street_id }) => street_id) },
    { name: 'number', type: 'int', values: rows.map(({ number }) => number) },
    { name: 'label', type: 'text', values: rows.map(({ house }) => house.number) },
    { name: 'area', type: 'text', values: rows.map(({ house }) => house.area?.trim() ?? '') },
    { name: 'latitude', type: 'float8', values: rows.map(({ house }) => house.at[1]) },
    { name: 'longitude', type: 'float8', values: rows.map(({ house }) => house.at[0]) },
  ]
}

/**
 * Replaces what the gazetteer has of a source, in one transaction: searches find the old streets until it
 * commits and the new ones after. The same source again changes nothing but the numbers of its rows.
 */
export async function importGazetteer(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { source, segments, places, houses = [] }: GazetteerSource,
): Promise<store.Counts> {
  const grouped = groupStreets(segments)
  const housed = houseStreets(houses, grouped)
  const streets = nameTowns(grouped, housed)
  const corners = findCorners(streets)
  const named = places.filter(({ name }) => name.trim() !== '')
  return transaction(db, async (connection) => {
    await store.lockSources(connection)
    await store.deleteSource(connection, source)
    const ids = await store.takeStreetIds(connection, streets.length)
    const idOf = (at: number) => ids[at] as number
    const rows = streets.map((street, at) => ({ ...street, id: idOf(at) }))
    const pieces = rows.flatMap((street) =>
      street.segments.map((segment) => ({ segment, street_id: street.id })),
    )
    const toRow = ({ streets: at, ...place }: Corner) => ({ ...place, street_ids: at.map(idOf) })
    await store.insertAll(connection, 'address_streets', rows, (some) => streetColumns(source, some))
    await store.insertAll(connection, 'address_segments', pieces, (some) => segmentColumns(source, some))
    await store.insertCrossings(connection, source, corners.map(toRow))
    await store.insertAll(connection, 'address_places', named, (some) => placeColumns(source, some))
    const homes = housed.map((one) => ({ ...one, street_id: idOf(one.street) }))
    await store.insertAll(connection, 'address_houses', homes, (some) => houseColumns(source, some))
    const counts = {
      streets: streets.length,
      segments: pieces.length,
      intersections: corners.length,
      places: named.length,
      houses: homes.length,
    }
    await store.writeSource(connection, source, counts, now().toISOString())
    await store.analyzeTables(connection)
    await store.tellImport(connection)
    return counts
  })
}
