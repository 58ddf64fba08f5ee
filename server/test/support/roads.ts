import { createGraphBuilder } from '../../streets/build-graph.ts'
import type { Graph } from '../../streets/graph-file.ts'
import type { Segment } from '../../streets/segment.ts'

/** Junctions of a made town by name: [steps east, steps north] of about 100 m from 0, 0. */
export type Town = Readonly<Record<string, readonly [number, number]>>

/** Degrees of one step: near the equator both are 100 m long. */
export const step = 100 / 111_195.08

export const pointAt = ([east, north]: readonly [number, number]): [number, number] => [
  east * step,
  north * step,
]
export const placeAt = (east: number, north: number) => ({ latitude: north * step, longitude: east * step })

/** A straight street between two junctions of a town, 36 km/h both ways unless more is said. */
export function street(town: Town, from: string, to: string, more: Partial<Segment> = {}): Segment {
  const ends = { from_node: from, to_node: to }
  const line = [from, to].map((name) => pointAt(town[name] as readonly [number, number]))
  const rest = { name: `${from}${to} Street`, class: 'motorway', oneway: 'no', speed_kmh: 36 } as const
  return { id: `${from}${to}`, ...rest, line, ...ends, ...more }
}

export const graphOf = (segments: readonly Segment[]): Graph => {
  const builder = createGraphBuilder()
  for (const one of segments) builder.add(one)
  return builder.finish({ made_at: '2026-11-21T07:00:00.000Z', sources: ['made'], attribution: ['us'] })
}
