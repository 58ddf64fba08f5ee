import { createGraphBuilder } from '../server/streets/build-graph.ts'
import type { Graph } from '../server/streets/graph-file.ts'
import type { RoadClass } from '../server/streets/segment.ts'

/** Degrees between two streets: blocks of about 100 m. */
const gap = { longitude: 0.0011, latitude: 0.0009 }
const corner = { longitude: -122.5, latitude: 37.6 }

/** Numbers from 0 to 1 from a seed: a linear congruential generator (Numerical Recipes). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const classOf = (at: number): RoadClass => {
  if (at % 25 === 0) return 'primary'
  if (at % 10 === 0) return 'secondary'
  return at % 5 === 0 ? 'tertiary' : 'residential'
}

/**
 * A grid of `side` x `side` junctions, shaken at random, a tenth of the streets left out and a third one-way.
 * The same seed makes the same city.
 */
export function makeCity(side: number, seed: number): Graph {
  const random = seeded(seed)
  const shake = () => (random() - 0.5) * 0.4
  const places = Array.from({ length: side * side }, (_, at): [number, number] => [
    corner.longitude + ((at % side) + shake()) * gap.longitude,
    corner.latitude + (Math.floor(at / side) + shake()) * gap.latitude,
  ])
  const builder = createGraphBuilder()
  const add = (from: number, to: number, name: string, kind: RoadClass) => {
    const drawn = random()
    if (drawn < 0.1) return
    const line = [places[from] as [number, number], places[to] as [number, number]]
    const oneway = drawn < 0.25 ? 'forward' : drawn < 0.4 ? 'backward' : 'no'
    const ends = { from_node: String(from), to_node: String(to) }
    builder.add({ id: `${from}-${to}`, name, class: kind, oneway, line, ...ends })
  }
  for (let at = 0; at < places.length; at += 1) {
    const [column, row] = [at % side, Math.floor(at / side)]
    if (column + 1 < side) add(at, at + 1, `Row ${row}`, classOf(row))
    if (row + 1 < side) add(at, at + side, `Column ${column}`, classOf(column))
  }
  return builder.finish({ made_at: '2026-11-21T07:00:00.000Z', sources: ['random'], attribution: [] })
}

/** A place in a city of that side. */
export const somewhere = (side: number, random: () => number) => ({
  latitude: corner.latitude + random() * side * gap.latitude,
  longitude: corner.longitude + random() * side * gap.longitude,
})
