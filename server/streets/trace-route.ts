import { cutLine, type Point, withoutRepeats } from '../lib/geo-lines.ts'
import { type Direction, partsOf } from './ends.ts'
import { type Graph, lineOf } from './graph-file.ts'
import type { Snap } from './street-grid.ts'

/** What a search left: the arc that led to each junction, and the segment of each arc. */
export type Found = { parent: Int32Array; segment: Uint32Array }
/** Where the search came to its goal: by the junction at an end, or -1 along the same segment. */
export type Arrival = { node: number; end: 0 | 1 }

/** Points of a segment between two shares of its length, in that order. */
function stretch(graph: Graph, segment: number, from: number, to: number): Point[] {
  const line = cutLine(lineOf(graph, segment), Math.min(from, to), Math.max(from, to))
  return from <= to ? line : line.reverse()
}

/** Whether the search came to the end of the segment, not to its begin, by this arc. */
function isAtEnd(graph: Graph, direction: Direction, slot: number): boolean {
  const arc = (direction === 'from' ? graph.outArc : graph.inArc)[slot]!
  return (arc & 1) === (direction === 'from' ? 0 : 1)
}

/** From a junction back to where the search began. */
function traceBack(graph: Graph, found: Found, junction: number, start: Snap, direction: Direction): Point[] {
  const line: Point[] = []
  let node = junction
  for (let slot = found.parent[node]!; slot >= 0; slot = found.parent[node]!) {
    const segment = found.segment[slot]!
    const atEnd = isAtEnd(graph, direction, slot)
    line.push(...stretch(graph, segment, atEnd ? 1 : 0, atEnd ? 0 : 1))
    node = (atEnd ? graph.from : graph.to)[segment]!
  }
  const first = partsOf(graph, start, direction, true).filter((one) => one.node === node)
  const { end } = first.reduce((a, b) => (b.share < a.share ? b : a))
  return [...line, ...stretch(graph, start.segment, end, start.fraction)]
}

/** The line of a drive in the order it is driven. */
export function traceRoute(
  graph: Graph,
  found: Found,
  { start, goal, direction, arrival }: { start: Snap; goal: Snap; direction: Direction; arrival: Arrival },
): [number, number][] {
  const line =
    arrival.node < 0
      ? stretch(graph, goal.segment, goal.fraction, start.fraction)
      : [
          ...stretch(graph, goal.segment, goal.fraction, arrival.end),
          ...traceBack(graph, found, arrival.node, start, direction),
        ]
  return withoutRepeats(direction === 'to' ? line : line.reverse())
}
