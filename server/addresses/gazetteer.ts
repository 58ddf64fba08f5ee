import type { Context } from '../context.ts'
import { distance } from '../lib/geo.ts'
import { findNearest } from './find-nearest.ts'
import { findReading } from './find-readings.ts'
import type { Geocoder, SearchOptions } from './geocoder.ts'
import type { Lookups } from './lookups.ts'
import { NameIndex } from './name-index.ts'
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
  index.hasHouses = await store.hasHouses(pool)
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
    housesNear: (ids, number) => store.readHousesNear(pool, ids, number),
    crossings: (some, others) => store.readCrossings(pool, some, others),
    extents: async (ids) =>
      (await store.readExtents(pool, ids)).map(({ street_id, south, west, north, east }) => ({
        street_id,
        metres: distance({ latitude: south, longitude: west }, { latitude: north, longitude: east }),
      })),
  }
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
