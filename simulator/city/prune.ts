import type { Random } from '../random.ts'
import { type Edge, lengthOf, type Network } from './arrange.ts'
import type { District } from './districts.ts'
import type { Stroke } from './strokes.ts'

/** Of a hundred pieces of local street as many are left out: schools, works and yards stand there. */
const leftOut = { centre: 0, grid: 3, suburb: 13 } as const
/** A dead end shorter than so many metres is a drive, not a street. */
const shortest = 60

/** Leaves out what no city has: stubs, streets cut off from all others, and here and there a piece. */
export function prune(
  network: Network,
  strokes: readonly Stroke[],
  districts: readonly District[],
  random: Random,
) {
  const styles = new Map(districts.map(({ name, style }) => [name, style]))
  let edges = network.edges.filter(({ stroke }) => {
    const { role, district, class: kind } = strokes[stroke]!
    const style = styles.get(district ?? '')
    const share = role === 'local' && kind !== 'tertiary' && style ? leftOut[style] : 0
    return !random.chance(share / 100)
  })
  for (let round = 0; round < 3; round++) edges = withoutStubs(edges)
  return withoutStubs(largestPart(edges))
}

function withoutStubs(edges: Edge[]): Edge[] {
  const degree = new Map<number, number>()
  for (const { from, to } of edges) {
    degree.set(from, (degree.get(from) ?? 0) + 1)
    degree.set(to, (degree.get(to) ?? 0) + 1)
  }
  return edges.filter(
    ({ from, to, line }) => (degree.get(from)! > 1 && degree.get(to)! > 1) || lengthOf(line) > shortest,
  )
}

/** The edges of the largest set of junctions that are connected with one another. */
function largestPart(edges: Edge[]): Edge[] {
  const parent = new Map<number, number>()
  const root = (node: number): number => {
    let at = node
    while ((parent.get(at) ?? at) !== at) at = parent.get(at)!
    parent.set(node, at)
    return at
  }
  for (const { from, to } of edges) parent.set(root(from), root(to))
  const sizes = new Map<number, number>()
  for (const { from } of edges) sizes.set(root(from), (sizes.get(root(from)) ?? 0) + 1)
  const [largest] = [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? []
  return edges.filter(({ from }) => root(from) === largest)
}

export type Oneway = 'no' | 'forward' | 'backward'

/**
 * Which way each edge may be driven: as its stroke says, but both ways where one way would leave a junction
 * that cannot be reached or left.
 */
export function openTraps(edges: readonly Edge[], strokes: readonly Stroke[]): Oneway[] {
  const ways = edges.map(({ stroke }) => strokes[stroke]!.oneway)
  for (;;) {
    const [out, back] = [reached(edges, ways, false), reached(edges, ways, true)]
    const trapped = edges.flatMap(({ from, to }, at) => {
      const isSound = [from, to].every((node) => out.has(node) && back.has(node))
      return isSound || ways[at] === 'no' ? [] : [at]
    })
    if (trapped.length === 0) return ways
    for (const at of trapped) ways[at] = 'no'
  }
}

/** Junctions that can be driven to from a two-way road; backwards those that one can come from. */
function reached(edges: readonly Edge[], ways: readonly Oneway[], backwards: boolean): Set<number> {
  const next = new Map<number, number[]>()
  const link = (from: number, to: number) => {
    const [a, b] = backwards ? [to, from] : [from, to]
    const list = next.get(a)
    if (list) list.push(b)
    else next.set(a, [b])
  }
  for (const [at, { from, to }] of edges.entries()) {
    if (ways[at] !== 'backward') link(from, to)
    if (ways[at] !== 'forward') link(to, from)
  }
  const start = edges[ways.indexOf('no')]?.from
  const seen = new Set<number>(start === undefined ? [] : [start])
  const open = [...seen]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const to of next.get(node) ?? []) {
      if (seen.has(to)) continue
      seen.add(to)
      open.push(to)
    }
  }
  return seen
}
