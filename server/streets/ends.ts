import type { Graph } from './graph-file.ts'
import type { Snap } from './street-grid.ts'

/** `to`: drives from the places to the one; `from`: drives from the one to the places. */
export type Direction = 'to' | 'from'

/** `share` of a segment lies between a place on it and its junction; `end` is 1 at the end of the line. */
export type Part = { node: number; share: number; end: 0 | 1 }

type Ways = Pick<Graph, 'ways' | 'from' | 'to' | 'metres'>

/** Metres: what is so near a junction is reached from it, also against a one-way street. */
const atJunction = 20

/** Shares of a segment's length: the first and the last place where it is closed. */
export type Barrier = { first: number; last: number }

/**
 * The ends of a segment by which a search leaves the place where it began, or else comes to a place, on this
 * side of a barrier.
 */
export function partsOf(
  graph: Ways,
  { segment, fraction }: Snap,
  direction: Direction,
  isLeaving: boolean,
  barrier?: Barrier,
): Part[] {
  const ways = graph.ways[segment]!
  const [along, against] = direction === 'from' ? [ways & 1, ways & 2] : [ways & 2, ways & 1]
  const isNear = (share: number) => share * graph.metres[segment]! <= atJunction
  const parts: Part[] = []
  if ((isLeaving ? along : against) || isNear(1 - fraction)) {
    parts.push({ node: graph.to[segment]!, share: 1 - fraction, end: 1 })
  }
  if ((isLeaving ? against : along) || isNear(fraction)) {
    parts.push({ node: graph.from[segment]!, share: fraction, end: 0 })
  }
  if (!barrier) return parts
  return parts.filter(({ end }) => (end === 0 ? fraction <= barrier.last : fraction >= barrier.first))
}

/** The share of one segment between two places on it, where it may be driven that way. */
export function shareBetween(
  graph: Ways,
  start: Snap,
  goal: Snap,
  direction: Direction,
  barrier?: Barrier,
): number | undefined {
  if (start.segment !== goal.segment) return undefined
  const [low, high] = [Math.min(start.fraction, goal.fraction), Math.max(start.fraction, goal.fraction)]
  if (barrier && low < barrier.first && high > barrier.last) return undefined
  const ahead = (goal.fraction - start.fraction) * (direction === 'from' ? 1 : -1)
  if (ahead === 0) return 0
  return graph.ways[start.segment]! & (ahead > 0 ? 1 : 2) ? Math.abs(ahead) : undefined
}
