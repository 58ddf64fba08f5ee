import type { NumberRange } from '../../server/streets/segment.ts'
import { type Edge, lengthOf } from './arrange.ts'
import type { Style } from './districts.ts'
import type { Stroke } from './strokes.ts'

export type Houses = { left?: NumberRange; right?: NumberRange }
/** Metres of front that a house takes, where numbers go on from block to block. */
const front = 14

/**
 * House numbers of each edge: odd on the left, even on the right, rising along the street. In the centre and
 * the grids each block has a hundred of its own; in suburbs and along main roads numbers go on.
 */
export function numberHouses(
  edges: readonly Edge[],
  strokes: readonly Stroke[],
  names: readonly string[],
  styleOf: (edge: Edge) => Style | undefined,
): Houses[] {
  const houses: Houses[] = edges.map(() => ({}))
  const streets = Map.groupBy(edges.keys(), (at) => names[edges[at]!.stroke]!)
  for (const street of streets.values()) {
    const inOrder = [...street].sort((a, b) => {
      const [one, other] = [edges[a]!, edges[b]!]
      return one.stroke - other.stroke || one.along - other.along
    })
    let last = 0
    for (const at of inOrder) {
      const edge = edges[at]!
      const { class: kind, role } = strokes[edge.stroke]!
      if (kind === 'trunk') continue
      const style = styleOf(edge)
      const lots = Math.max(1, Math.floor(lengthOf(edge.line) / front))
      const byBlock = role === 'local' && (style === 'centre' || style === 'grid')
      const start = byBlock ? Math.ceil((last + 1) / 100) * 100 : last
      const count = byBlock ? Math.min(lots, 48) : lots
      last = start + 2 * count
      if (style === undefined) continue
      houses[at] = {
        left: { from: start + 1, to: start + 2 * count - 1 },
        right: { from: start + 2, to: start + 2 * count },
      }
    }
  }
  return houses
}
