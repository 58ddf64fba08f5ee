import { distance } from '../lib/geo.ts'
import type { House, Segment } from '../streets/segment.ts'
import { cellOf, partTowns } from './part-towns.ts'
import { readStreetName } from './rules-words.ts'

export type Street = {
  name: string
  area: string
  /** A point on it, near its middle. */
  latitude: number
  longitude: number
  segments: readonly Segment[]
  /** Where it is, when there are others of its name elsewhere and the source tells no area. */
  cells?: ReadonlySet<string>
}
/** A junction of streets, by their places in the list of streets. */
export type Corner = { streets: readonly number[]; latitude: number; longitude: number }

/** The point in the middle of the points of a list of lines that is nearest to their mean. */
function middleOf(segments: readonly Segment[]): readonly [number, number] {
  const points = segments.flatMap(({ line }) => line)
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const far = (point: readonly [number, number]) => (point[0] - x) ** 2 + (point[1] - y) ** 2
  return points.reduce((best, point) => (far(point) < far(best) ? point : best))
}

/** Spellings of one name have one key; empty where it has no words. */
function keyOf(name: string): string {
  const { words, type, direction } = readStreetName(name)
  return words.length === 0 ? '' : [...words, '', type, direction].join('|')
}

/**
 * Streets by name and area, or else by where they lie; pieces without a name have no address. Spellings of
 * one name are one street.
 */
export function groupStreets(segments: readonly Segment[]): Street[] {
  const groups = new Map<string, Segment[]>()
  for (const segment of segments) {
    const name = keyOf(segment.name)
    if (name === '' || segment.line.length < 2) continue
    const key = `${name}|${segment.area?.trim().toUpperCase() ?? ''}`
    const group = groups.get(key)
    if (group) group.push(segment)
    else groups.set(key, [segment])
  }
  return [...groups.values()].flatMap((group) => {
    const { name, area = '' } = group[0] as Segment
    const parts = area.trim() === '' ? partTowns(group) : []
    const toStreet = (own: readonly Segment[]): Street => {
      const [longitude, latitude] = middleOf(own)
      return { name: name.trim(), area: area.trim(), latitude, longitude, segments: own }
    }
    if (parts.length < 2) return [toStreet(group)]
    return parts.map(({ segments: own, cells }) => ({ ...toStreet(own), cells }))
  })
}

/** Streets that share their name with others elsewhere, with the area that most of their houses name. */
export function nameTowns(streets: readonly Street[], housed: readonly HousedAt[]): Street[] {
  const houses = Map.groupBy(housed, (one) => one.street)
  return streets.map((street, at) => {
    if (street.cells === undefined) return street
    const areas = (houses.get(at) ?? []).flatMap(({ house }) => house.area?.trim() || [])
    const counts = [...Map.groupBy(areas, (area) => area)].toSorted((a, b) => b[1].length - a[1].length)
    return { ...street, area: counts[0]?.[0] ?? '' }
  })
}

/** Where pieces of two or more streets share a junction. */
export function findCorners(streets: readonly Street[]): Corner[] {
  const junctions = new Map<string, { at: readonly [number, number]; streets: Set<number> }>()
  for (const [index, street] of streets.entries()) {
    for (const { line, from_node, to_node } of street.segments) {
      const ends = [
        [from_node, line[0]],
        [to_node, line.at(-1)],
      ] as const
      for (const [node, at] of ends) {
        if (node === '' || at === undefined) continue
        const known = junctions.get(node)
        if (known) known.streets.add(index)
        else junctions.set(node, { at, streets: new Set([index]) })
      }
    }
  }
  return [...junctions.values()]
    .filter((one) => one.streets.size > 1)
    .map(({ at, streets: met }) => ({ streets: [...met], longitude: at[0], latitude: at[1] }))
}

/** A house and its street, by the place of that in the list. */
export type HousedAt = { house: House; street: number; number: number }

/** Houses on the nearest street of their name; those whose street is not there have no address here. */
export function houseStreets(houses: readonly House[], streets: readonly Street[]): HousedAt[] {
  const byName = Map.groupBy(streets.keys(), (at) => keyOf((streets[at] as Street).name))
  // A city has far more houses than names.
  const keys = new Map<string, string>()
  return houses.flatMap((house): HousedAt[] => {
    const key = keys.get(house.street) ?? keyOf(house.street)
    keys.set(house.street, key)
    const number = Number.parseInt(house.number, 10)
    const [longitude, latitude] = house.at
    const far = (at: number) => distance({ latitude, longitude }, streets[at] as Street)
    const named = key === '' ? [] : (byName.get(key) ?? [])
    const here = named.filter((at) => streets[at]?.cells?.has(cellOf(house.at)))
    const [first, ...others] = here.length > 0 ? here : named
    if (first === undefined || !(number >= 0 && number <= 999_999)) return []
    const street = others.reduce((best, at) => (far(at) < far(best) ? at : best), first)
    return [{ house, street, number }]
  })
}
