import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import type { Context } from '../context.ts'
import { distance, type Position } from '../lib/geo.ts'
import type { NameIndex } from './name-index.ts'
import { lengthOf, numberAt, snap } from './rules-lines.ts'
import * as store from './store.ts'

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

/** How far the point of a house may be from what is meant by it: half a large building and its yard. */
const houseMetres = 40

/** The nearest house of the street. */
async function houseAt(pool: Context['db']['pool'], streetId: number, place: Position) {
  const houses = await store.readHousesWithin(pool, boundsAround(place, houseMetres))
  const own = houses.filter((one) => one.street_id === streetId)
  const [nearest] = own.toSorted((a, b) => distance(a, place) - distance(b, place))
  return nearest && distance(nearest, place) <= houseMetres ? nearest : undefined
}

/** The address on the nearest street within reach: the number of the house there, or of the side. */
export async function findNearest(
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
    const house = await houseAt(pool, on.street_id, place)
    const number = house?.label ?? numberAt(on, share, side)
    const label = `${number === null ? '' : `${number} `}${street?.name ?? ''}`
    const area = house?.area || street?.area
    return {
      label: area ? `${label}, ${area}` : label,
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
