import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import type { Context } from '../context.ts'
import { distance, type Position } from '../lib/geo.ts'
import { findReading, type Lookups } from './find-readings.ts'
import type { Geocoder, SearchOptions } from './geocoder.ts'
import { NameIndex } from './name-index.ts'
import { lengthOf, numberAt, snap } from './rules-lines.ts'
import { readQuery } from './rules-query.ts'
import { rank } from './rules-rank.ts'
import * as store from './store.ts'

export type Gazetteer = Geocoder & {
  /** Reads the names anew; when it has ended, what was imported before it was called is found. */
  refresh: () => Promise<void>
  /** Whether there is anything to find. */
  isEmpty: () => Promise<boolean>
}

/** Rows read and indexed at a time: the event loop goes on between them. */
const page = 1_000

async function readNames(pool: Context['db']['pool']): Promise<NameIndex> {
  const index = new NameIndex()
  let after = 0
  for (let rows = page; rows === page; ) {
    const streets = await store.readStreets(pool, after, page)
    for (const street of streets) index.add(street)
    rows = streets.length
    after = streets.at(-1)?.id ?? after
  }
  after = 0
  for (let rows = page; rows === page; ) {
    const places = await store.readPlaces(pool, after, page)
    for (const place of places) index.add({ ...place, area: '' })
    rows = places.length
    after = places.at(-1)?.id ?? after
  }
  return index
}

function lookups(pool: Context['db']['pool']): Lookups {
  return {
    segmentsNear: (ids, number) => store.readSegmentsNear(pool, ids, number),
    crossings: (some, others) => store.readCrossings(pool, some, others),
    extents: async (ids) =>
      (await store.readExtents(pool, ids)).map(({ street_id, south, west, north, east }) => ({
        street_id,
        metres: distance({ latitude: south, longitude: west }, { latitude: north, longitude: east }),
      })),
  }
}

/** Half the sides of the squares looked into one after the other, in metres. */
const reaches = [60, 200, 500]
const metresPerDegree = 111_195

function boundsAround({ latitude, longitude }: Position, metres: number): store.Bounds {
  const [north, east] = [
    metres / metresPerDegree,
    metres / metresPerDegree / Math.max(0.01, Math.cos((latitude * Math.PI) / 180)),
  ]
  return {
    south: latitude - north,
    north: latitude + north,
    west: longitude - east,
    east: longitude + east,
  }
}

/** The address on the nearest street within reach, with the number of the side the position is on. */
async function findNearest(
  pool: Context['db']['pool'],
  index: NameIndex,
  place: Position,
): Promise<FoundAddress | undefined> {
  for (const reach of reaches) {
    const segments = await store.readSegmentsWithin(pool, boundsAround(place, reach))
    const snapped = segments
      .map((on) => ({ on, ...snap(on.line, place) }))
      .filter(({ on, metres }) => metres <= reach && index.street(on.street_id) !== undefined)
      .toSorted((a, b) => a.metres - b.metres)
    const [best] = snapped
    if (!best) continue
    const { on, share, side, metres } = best
    const street = index.street(on.street_id)
    const number = numberAt(on, share, side)
    const label = `${number === null ? '' : `${number} `}${street?.name ?? ''}`
    return {
      label: street?.area ? `${label}, ${street.area}` : label,
      kind: number === null ? 'street' : 'address',
      ...place,
      confidence: metres <= 60 ? 0.9 : 0.5,
      accuracy_m: Math.round(metres + Math.max(10, lengthOf(on.line) * 0.15)),
      source: 'gazetteer',
      note: metres <= 60 ? null : `The street is ${Math.round(metres)} m away.`,
    }
  }
  return undefined
}

/**
 * The built-in geocoder: names of streets and places in this process's memory, their lines in the database.
 * The names are read at the first question, and again when another process has imported.
 */
export function createGazetteer({ db }: Pick<Context, 'db'>): Gazetteer {
  const ask = lookups(db.pool)
  let index: NameIndex | undefined
  let reading: Promise<void> | undefined
  const read = async () => {
    index = await readNames(db.pool)
  }
  // One after the other, so that an older reading never takes the place of a newer one.
  const refresh = () => {
    const next = (reading ?? Promise.resolve()).then(read, read)
    reading = next
    return next
  }
  const known = async (): Promise<NameIndex> => {
    // The first reading may have failed with the database.
    if (!index) await (reading ?? refresh()).catch(() => refresh())
    return index as NameIndex
  }
  return {
    refresh,
    isEmpty: async () => (await known()).size === 0,
    async search(text: string, { near, limit }: SearchOptions) {
      const names = await known()
      const { readings, area } = readQuery(text)
      const found = await Promise.all(readings.map((one) => findReading(names, ask, one, limit)))
      return rank(found.flat(), { near, area, limit })
    },
    reverse: async (place) => findNearest(db.pool, await known(), place),
  }
}
