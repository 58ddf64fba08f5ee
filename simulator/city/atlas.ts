import type { NamedPlace, Segment } from '../../server/streets/segment.ts'
import { buildCity, type City } from './build-city.ts'
import { type Point, toDegrees, toMetres } from './projection.ts'
import { gap, mix, type Xy } from './shape.ts'

/** The city with what is looked up again and again: its streets by name, its junctions, its doors. */
export type Atlas = City & {
  byStreet: ReadonlyMap<string, readonly Segment[]>
  /** What meets at each junction. */
  junctions: ReadonlyMap<string, readonly Segment[]>
  /** By district the segments with houses. */
  doors: ReadonlyMap<string, readonly Segment[]>
  landmarks: readonly NamedPlace[]
}

/** The demo's city is always this one, so that what a database holds of it stays true. */
export const citySeed = 'port halvard'
let made: Atlas | undefined

/** Port Halvard; it is built once in a process. */
export function portHalvard(): Atlas {
  made ??= openAtlas(buildCity(citySeed))
  return made
}

export function openAtlas(city: City): Atlas {
  const junctions = new Map<string, Segment[]>()
  for (const segment of city.segments) {
    for (const node of [segment.from_node, segment.to_node]) {
      const list = junctions.get(node)
      if (list) list.push(segment)
      else junctions.set(node, [segment])
    }
  }
  const withDoors = city.segments.filter(({ left, area }) => left && area)
  return {
    ...city,
    junctions,
    byStreet: Map.groupBy(city.segments, ({ name }) => name),
    doors: Map.groupBy(withDoors, ({ area }) => area!),
    landmarks: city.places.filter(({ kind }) => kind !== 'bridge' && kind !== 'park'),
  }
}

/** Metres a door stands back from the middle of the street. */
const setBack = 14

/** Where a house number stands; the street's middle when it has none such, or when the number is NaN. */
export function doorAt({ line, left, right }: Segment, number: number): Point {
  const range = number % 2 === 1 ? left : right
  const span = range ? range.to - range.from : 0
  const part = range && span > 0 && Number.isFinite(number) ? (number - range.from) / span : 0.5
  const inside = 0.08 + 0.84 * Math.max(0, Math.min(1, part))
  return pointAlong(line, inside, range ? (number % 2 === 1 ? setBack : -setBack) : 0)
}

/** The place at a share of a line's length, so many metres left of it. */
export function pointAlong(line: Segment['line'], part: number, leftOf: number): Point {
  const points = line.map(([longitude, latitude]) => toMetres({ latitude, longitude }))
  const lengths = points.slice(1).map((to, at) => gap(points[at]!, to))
  let rest = part * lengths.reduce((sum, one) => sum + one, 0)
  let at = 0
  while (at < lengths.length - 1 && rest > lengths[at]!) rest -= lengths[at++]!
  const [a, b]: [Xy, Xy] = [points[at]!, points[at + 1]!]
  const length = lengths[at] || 1
  const [x, y] = mix(a, b, rest / length)
  return toDegrees([x - ((b[1] - a[1]) / length) * leftOf, y + ((b[0] - a[0]) / length) * leftOf])
}

export function nodePoint({ from_node, line }: Segment, node: string): Point {
  const [longitude, latitude] = from_node === node ? line[0]! : line.at(-1)!
  return { latitude, longitude }
}

/** Another street that meets this one at one of its ends. */
export function crossOf(atlas: Atlas, { name, from_node, to_node }: Segment): string | undefined {
  const meeting = [from_node, to_node].flatMap((node) => atlas.junctions.get(node) ?? [])
  return meeting.find((other) => other.name !== name)?.name
}
