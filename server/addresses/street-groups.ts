import type { Segment } from '../streets/segment.ts'
import { readStreetName } from './rules-words.ts'

export type Street = {
  name: string
  area: string
  /** A point on it, near its middle. */
  latitude: number
  longitude: number
  segments: readonly Segment[]
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

/** Streets by name and area; pieces without a name have no address. Spellings of one name are one street. */
export function groupStreets(segments: readonly Segment[]): Street[] {
  const groups = new Map<string, Segment[]>()
  for (const segment of segments) {
    const { words, type, direction } = readStreetName(segment.name)
    if (words.length === 0 || segment.line.length < 2) continue
    const key = [...words, '', type, direction, segment.area?.trim().toUpperCase() ?? ''].join('|')
    const group = groups.get(key)
    if (group) group.push(segment)
    else groups.set(key, [segment])
  }
  return [...groups.values()].map((group) => {
    const [longitude, latitude] = middleOf(group)
    const first = group[0] as Segment
    return { name: first.name.trim(), area: first.area?.trim() ?? '', latitude, longitude, segments: group }
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
