import { distance } from '../lib/geo.ts'
import type { OnLine } from './rules-lines.ts'

/** A house of a street; `number` is the one of its label without letters. */
export type HouseRow = {
  street_id: number
  number: number
  label: string
  area: string
  latitude: number
  longitude: number
}
export type PlacedHouse = OnLine & { label: string; area: string }

/** Metres between neighbours of one street; houses farther apart are on two streets of one name. */
const neighbours = 400
/** How exact the point of a building is, in metres. */
const houseMetres = 10

/** Whether two houses are neighbours: 12 and 12a, or a door and the building around it. */
const isBeside = (one: HouseRow, other: HouseRow) =>
  one.area === other.area && distance(one, other) < neighbours

/**
 * Where a house number stands among the houses known: itself, once in each place that has it; else between
 * its neighbours of the same side; else at the nearest, which it says. Empty when there are no houses.
 */
export function placeHouse(number: number, houses: readonly HouseRow[]): PlacedHouse[] {
  const exact = houses
    .filter((one) => one.number === number)
    .toSorted((a, b) => a.label.length - b.label.length || (a.label < b.label ? -1 : 1))
  if (exact.length > 0) {
    const apart = exact.filter((one, at) => !exact.slice(0, at).some((before) => isBeside(one, before)))
    return apart.map(({ latitude, longitude, area }) => {
      return {
        latitude,
        longitude,
        area,
        label: String(number),
        note: null,
        certainty: 1,
        accuracy_m: houseMetres,
      }
    })
  }
  const sided = houses.filter((one) => (one.number - number) % 2 === 0)
  const known = sided.length > 0 ? sided : houses
  const [nearest] = known.toSorted((a, b) => Math.abs(a.number - number) - Math.abs(b.number - number))
  if (!nearest) return []
  const isBeyond = (one: HouseRow) => one.number < number !== nearest.number < number
  const [other] = known
    .filter((one) => isBeyond(one) && isBeside(one, nearest))
    .toSorted((a, b) => Math.abs(a.number - number) - Math.abs(b.number - number))
  return [other ? between(number, nearest, other) : beside(number, nearest)]
}

function between(number: number, one: HouseRow, other: HouseRow): PlacedHouse {
  const share = (number - one.number) / (other.number - one.number)
  const [low, high] = [Math.min(one.number, other.number), Math.max(one.number, other.number)]
  return {
    latitude: one.latitude + (other.latitude - one.latitude) * share,
    longitude: one.longitude + (other.longitude - one.longitude) * share,
    label: String(number),
    area: one.area,
    note: `No house ${number} is known; this is between ${low} and ${high}.`,
    certainty: 0.9,
    accuracy_m: Math.round(Math.max(houseMetres, distance(one, other) / 2)),
  }
}

function beside(number: number, { latitude, longitude, area, number: known }: HouseRow): PlacedHouse {
  const gap = Math.abs(number - known)
  return {
    ...{ latitude, longitude, area },
    label: String(number),
    note: `No house ${number} is known on this street; the nearest is ${known}.`,
    certainty: gap <= 20 ? 0.85 : 0.7,
    accuracy_m: Math.round(100 + Math.min(2_000, gap * 10)),
  }
}
