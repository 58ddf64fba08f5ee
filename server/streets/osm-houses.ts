import { distance } from '../lib/geo.ts'
import type { OsmNode, OsmWay } from './osm-blocks.ts'
import type { Tags } from './osm-tags.ts'
import { nameLimit, type RoadItem } from './road-item.ts'

type Point = readonly [number, number]
/** A house number that a line of numbers begins, ends or bends at. */
export type NumberedNode = { number: number; street: string; area: string; at: Point }

/** Numbers between two known ones; more are a fault of the data. */
const mostBetween = 1_000
const labelLimit = 20

const streetOf = (tags: Tags) => (tags['addr:street'] ?? tags['addr:place'] ?? '').slice(0, nameLimit)
const areaOf = (tags: Tags) => (tags['addr:city'] ?? tags['is_in:city'] ?? '').slice(0, nameLimit)

export const isHouse = (tags: Tags): boolean =>
  tags['addr:housenumber'] !== undefined && streetOf(tags) !== ''
export const isInterpolation = (tags: Tags): boolean => tags['addr:interpolation'] !== undefined

/** The nodes that say where a building is: two that lie opposite, as their middle is about that of it. */
export const cornersOf = ({ refs }: OsmWay): number[] =>
  refs.length === 0 ? [] : [refs[0] as number, refs[Math.floor(refs.length / 2)] as number]

/** Houses of one node or building: `12;14` are two. */
export function* housesOf(tags: Tags, at: Point): Generator<RoadItem> {
  const [street, area] = [streetOf(tags), areaOf(tags)]
  for (const written of (tags['addr:housenumber'] ?? '').split(/[;,]/, 20)) {
    const number = written.trim().slice(0, labelLimit)
    if (/^\d/.test(number)) yield { house: { number, street, ...(area && { area }), at } }
  }
}

/** What a line of numbers needs to know of a node. */
export function numberedNode({ tags = {}, lon, lat }: OsmNode): NumberedNode | undefined {
  const number = Number.parseInt(tags['addr:housenumber'] ?? '', 10)
  if (!(number >= 0)) return undefined
  return { number, street: streetOf(tags), area: areaOf(tags), at: [lon, lat] }
}

function stepOf(word: string): number | undefined {
  if (word === 'even' || word === 'odd') return 2
  return word === 'all' ? 1 : /^[1-9]\d?$/.test(word) ? Number(word) : undefined
}

const toPosition = ([longitude, latitude]: Point) => ({ longitude, latitude })

/** The points at these shares of the line's length, shares ascending. */
function pointsAlong(line: readonly Point[], shares: readonly number[]): Point[] {
  const lengths = line.slice(1).map((to, at) => distance(toPosition(line[at] as Point), toPosition(to)))
  const whole = lengths.reduce((sum, one) => sum + one, 0)
  let [piece, before] = [0, 0]
  return shares.map((share) => {
    while (piece < lengths.length - 1 && before + (lengths[piece] as number) < share * whole) {
      before += lengths[piece] as number
      piece += 1
    }
    const length = lengths[piece] as number
    const part = length > 0 ? Math.min(1, Math.max(0, (share * whole - before) / length)) : 0
    const [from, to] = [line[piece] as Point, line[piece + 1] as Point]
    return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]
  })
}

/**
 * The houses along a line of numbers, `addr:interpolation` (OSM wiki, Addresses), between each two nodes
 * whose numbers are known; these themselves are houses of their own.
 */
export function* interpolate(
  { refs, tags = {} }: OsmWay,
  placeOf: (id: number) => Point | undefined,
  numbered: ReadonlyMap<number, NumberedNode>,
): Generator<RoadItem> {
  const step = stepOf(tags['addr:interpolation'] ?? '')
  if (step === undefined) return
  let line: Point[] = []
  let begin: NumberedNode | undefined
  for (const id of refs) {
    const at = placeOf(id)
    if (at) line.push(at)
    const end = numbered.get(id)
    if (!end) continue
    const street = streetOf(tags) || begin?.street || end.street
    if (begin && street !== '' && line.length > 1) {
      yield* between(begin, end, step, line, { street, area: areaOf(tags) || begin.area || end.area })
    }
    begin = end
    line = [end.at]
  }
}

function* between(
  { number: first }: NumberedNode,
  { number: last }: NumberedNode,
  step: number,
  line: readonly Point[],
  { street, area }: { street: string; area: string },
): Generator<RoadItem> {
  const count = Math.ceil(Math.abs(last - first) / step) - 1
  if (count < 1 || count > mostBetween) return
  const numbers = Array.from({ length: count }, (_, at) => first + Math.sign(last - first) * step * (at + 1))
  const places = pointsAlong(
    line,
    numbers.map((number) => (number - first) / (last - first)),
  )
  for (const [at, number] of numbers.entries()) {
    const place = places[at] as Point
    yield { house: { number: String(number), street, ...(area && { area }), at: place } }
  }
}
