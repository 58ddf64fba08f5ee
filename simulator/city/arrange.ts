import { gap, mix, type Xy } from './shape.ts'
import type { Stroke } from './strokes.ts'

/** A piece of a stroke between two junctions. `along` is metres from the stroke's beginning to its own. */
export type Edge = { stroke: number; from: number; to: number; along: number; line: Xy[] }
export type Network = { nodes: Xy[]; edges: Edge[] }

const cell = 90
/** Junctions nearer to each other than this many metres are one. */
const oneJunction = 18

type Cut = { at: number; node: number }

/** Cuts strokes where they cross and makes one junction of each crossing. */
export function arrange(strokes: readonly Stroke[]): Network {
  const nodes: Xy[] = []
  const nodeAt = gather(nodes)
  const cuts: Cut[][] = strokes.map(() => [])
  for (const { a, b, point, atA, atB } of crossings(strokes)) {
    const node = nodeAt(point)
    cuts[a]!.push({ at: atA, node })
    cuts[b]!.push({ at: atB, node })
  }
  for (const [n, { line }] of strokes.entries()) {
    cuts[n]!.push({ at: 0, node: nodeAt(line[0]!) }, { at: line.length - 1, node: nodeAt(line.at(-1)!) })
  }
  const edges: Edge[] = []
  const taken = new Set<string>()
  for (const [stroke, { line }] of strokes.entries()) {
    const sorted = cuts[stroke]!.sort((a, b) => a.at - b.at)
    let along = 0
    for (const [n, to] of sorted.entries()) {
      const from = sorted[n - 1]
      if (!from) continue
      const points = between(line, from.at, to.at)
      const length = lengthOf(points)
      // A loop of one road only says that two cuts are one junction.
      const key = `${Math.min(from.node, to.node)} ${Math.max(from.node, to.node)}`
      if (from.node !== to.node && !taken.has(key)) {
        taken.add(key)
        const inner = points.slice(1, -1)
        edges.push({
          stroke,
          from: from.node,
          to: to.node,
          along,
          line: [nodes[from.node]!, ...inner, nodes[to.node]!],
        })
      }
      along += length
    }
  }
  return { nodes, edges }
}

export const lengthOf = (line: readonly Xy[]) =>
  line.slice(1).reduce((sum, to, at) => sum + gap(line[at]!, to), 0)

/** Gives the number of the junction at a place, a new one when none is near. */
function gather(nodes: Xy[]) {
  const grid = new Map<number, number[]>()
  const key = (x: number, y: number) => (Math.floor(x / cell) + 5_000) * 10_000 + Math.floor(y / cell) + 5_000
  return (point: Xy): number => {
    for (let dx = -oneJunction; dx <= oneJunction; dx += oneJunction) {
      for (let dy = -oneJunction; dy <= oneJunction; dy += oneJunction) {
        for (const node of grid.get(key(point[0] + dx, point[1] + dy)) ?? []) {
          if (gap(nodes[node]!, point) < oneJunction) return node
        }
      }
    }
    const here = key(...point)
    const node = nodes.push(point) - 1
    const list = grid.get(here)
    if (list) list.push(node)
    else grid.set(here, [node])
    return node
  }
}

type Crossing = { a: number; b: number; point: Xy; atA: number; atB: number }

/** Where two pieces of different strokes cross; each pair of pieces once. */
function* crossings(strokes: readonly Stroke[]): Generator<Crossing> {
  const grid = new Map<number, [stroke: number, piece: number][]>()
  for (const [b, { line }] of strokes.entries()) {
    for (let piece = 0; piece < line.length - 1; piece++) {
      const [from, to] = [line[piece]!, line[piece + 1]!]
      const seen = new Set<string>()
      for (const key of cellsOf(from, to)) {
        const list = grid.get(key)
        for (const [a, other] of list ?? []) {
          if (a === b || seen.has(`${a} ${other}`)) continue
          seen.add(`${a} ${other}`)
          const meeting = meet(strokes[a]!.line[other]!, strokes[a]!.line[other + 1]!, from, to)
          if (meeting) {
            yield { a, b, point: mix(from, to, meeting.t), atA: other + meeting.s, atB: piece + meeting.t }
          }
        }
        if (list) list.push([b, piece])
        else grid.set(key, [[b, piece]])
      }
    }
  }
}

function cellsOf([ax, ay]: Xy, [bx, by]: Xy): number[] {
  const keys: number[] = []
  for (let x = Math.floor(Math.min(ax, bx) / cell); x <= Math.floor(Math.max(ax, bx) / cell); x++) {
    for (let y = Math.floor(Math.min(ay, by) / cell); y <= Math.floor(Math.max(ay, by) / cell); y++) {
      keys.push((x + 5_000) * 10_000 + y + 5_000)
    }
  }
  return keys
}

function meet([ax, ay]: Xy, [bx, by]: Xy, [cx, cy]: Xy, [dx, dy]: Xy): { s: number; t: number } | undefined {
  const [ux, uy, vx, vy] = [bx - ax, by - ay, dx - cx, dy - cy]
  const cross = ux * vy - uy * vx
  if (Math.abs(cross) < 1e-9) return undefined
  const s = ((cx - ax) * vy - (cy - ay) * vx) / cross
  const t = ((cx - ax) * uy - (cy - ay) * ux) / cross
  return s >= 0 && s <= 1 && t >= 0 && t <= 1 ? { s, t } : undefined
}

/** The part of a line between two places of it, given as piece and share of the piece. */
function between(line: readonly Xy[], from: number, to: number): Xy[] {
  const point = (at: number): Xy => {
    const piece = Math.min(line.length - 2, Math.floor(at))
    return mix(line[piece]!, line[piece + 1]!, at - piece)
  }
  return [point(from), ...line.slice(Math.floor(from) + 1, Math.ceil(to)), point(to)]
}
