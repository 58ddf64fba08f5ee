import { meanEarthRadius, type Position } from '../lib/geo.ts'
import type { Graph } from './graph-file.ts'

/** A place on a street: `fraction` of the segment's length from its begin; `metres` from the place asked. */
export type Snap = { segment: number; fraction: number; metres: number }

/** A unit or an incident farther from every street than this is not on the map. */
export const snapLimit = 500

const metresPerDegree = (meanEarthRadius * Math.PI) / 180
const perUnit = metresPerDegree / 1e7
/** Metres: some ten pieces of street in a cell of a city. */
const finest = 120
const mostCells = 4_000_000

/** Cells of a grid over the core, row by row from the south-west. */
function layOut({ points, pointStart, core, about }: Graph) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let segment = 0; segment < about.segments; segment += 1) {
    if (!core[segment]) continue
    for (let at = pointStart[segment]!; at < pointStart[segment + 1]!; at += 1) {
      ;[west, east] = [Math.min(west, points[at * 2]!), Math.max(east, points[at * 2]!)]
      ;[south, north] = [Math.min(south, points[at * 2 + 1]!), Math.max(north, points[at * 2 + 1]!)]
    }
  }
  if (west > east) [west, south, east, north] = [0, 0, 0, 0]
  const shrink = Math.max(0.01, Math.cos((((south + north) / 2e7) * Math.PI) / 180))
  const area = (east - west) * perUnit * shrink * (north - south) * perUnit
  const side = Math.max(finest, Math.sqrt(area / mostCells))
  const high = side / perUnit
  const wide = high / shrink
  const columns = Math.floor((east - west) / wide) + 1
  const rows = Math.floor((north - south) / high) + 1
  return { west, south, wide, high, columns, rows }
}

type Layout = ReturnType<typeof layOut>

/** Visits each cell that the piece of line may touch: in each row the stretch of columns it crosses. */
function visitCells(grid: Layout, points: Int32Array, at: number, visit: (cell: number) => void): void {
  const x0 = (points[at * 2]! - grid.west) / grid.wide
  const y0 = (points[at * 2 + 1]! - grid.south) / grid.high
  const x1 = (points[at * 2 + 2]! - grid.west) / grid.wide
  const y1 = (points[at * 2 + 3]! - grid.south) / grid.high
  const [low, high] = [Math.floor(Math.min(y0, y1)), Math.floor(Math.max(y0, y1))]
  const xAt = (y: number) => (y1 === y0 ? x0 : x0 + ((y - y0) / (y1 - y0)) * (x1 - x0))
  for (let row = low; row <= high; row += 1) {
    const bounds = [Math.max(row, Math.min(y0, y1)), Math.min(row + 1, Math.max(y0, y1))] as const
    const [a, b] = y1 === y0 ? [x0, x1] : [xAt(bounds[0]), xAt(bounds[1])]
    const first = Math.max(0, Math.floor(Math.min(a, b)))
    const last = Math.min(grid.columns - 1, Math.floor(Math.max(a, b)))
    for (let column = first; column <= last; column += 1) visit(row * grid.columns + column)
  }
}

type Index = { graph: Graph; grid: Layout; start: Uint32Array; pieces: Uint32Array }

/** The pieces of line in each cell, by the number of their first point. */
function fillCells(graph: Graph): Index {
  const { points, pointStart, core, about } = graph
  const grid = layOut(graph)
  const start = new Uint32Array(grid.columns * grid.rows + 1)
  const each = (visit: (piece: number, cell: number) => void) => {
    for (let segment = 0; segment < about.segments; segment += 1) {
      if (!core[segment]) continue
      for (let at = pointStart[segment]!; at < pointStart[segment + 1]! - 1; at += 1) {
        visitCells(grid, points, at, (cell) => visit(at, cell))
      }
    }
  }
  each((_, cell) => {
    start[cell + 1] = start[cell + 1]! + 1
  })
  for (let cell = 0; cell < start.length - 1; cell += 1) start[cell + 1] = start[cell + 1]! + start[cell]!
  const pieces = new Uint32Array(start.at(-1)!)
  const next = start.slice()
  each((piece, cell) => {
    pieces[next[cell]!] = piece
    next[cell] = next[cell]! + 1
  })
  return { graph, grid, start, pieces }
}

/** The segment that a point of the lines belongs to. */
function segmentOf({ pointStart, about }: Graph, point: number): number {
  let low = 0
  let high = about.segments - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (pointStart[middle]! <= point) low = middle
    else high = middle - 1
  }
  return low
}

/** The nearest piece of line so far; `square` is the square of its distance in 1e-7 degrees of latitude. */
type Best = { piece: number; share: number; square: number }
/** A place in 1e-7 degrees, and how much shorter a degree is from west to east. */
type Asked = { x: number; y: number; shrink: number }

/** Metres along the segment to the place on its piece, as a share of its length. */
function fractionAt(
  { points, pointStart, metres }: Graph,
  segment: number,
  best: Best,
  shrink: number,
): number {
  let before = 0
  for (let at = pointStart[segment]!; at <= best.piece; at += 1) {
    const x = (points[at * 2 + 2]! - points[at * 2]!) * perUnit * shrink
    const y = (points[at * 2 + 3]! - points[at * 2 + 1]!) * perUnit
    before += Math.sqrt(x * x + y * y) * (at === best.piece ? best.share : 1)
  }
  return metres[segment]! > 0 ? Math.min(1, before / metres[segment]!) : 0
}

/** Looks whether a piece of the cell is nearer than the best so far. */
function look({ graph: { points }, start, pieces }: Index, cell: number, asked: Asked, best: Best): void {
  const { x, y, shrink } = asked
  for (let at = start[cell]!; at < start[cell + 1]!; at += 1) {
    const piece = pieces[at]!
    const ax = (points[piece * 2]! - x) * shrink
    const ay = points[piece * 2 + 1]! - y
    const dx = (points[piece * 2 + 2]! - x) * shrink - ax
    const dy = points[piece * 2 + 3]! - y - ay
    const length = dx * dx + dy * dy
    const share = length > 0 ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length)) : 0
    const px = ax + share * dx
    const py = ay + share * dy
    const square = px * px + py * py
    if (square < best.square || (square === best.square && piece < best.piece)) {
      best.piece = piece
      best.share = share
      best.square = square
    }
  }
}

/** Looks at rings of cells around the place until none can hold a nearer piece. */
function findNearest(index: Index, asked: Asked, best: Best): void {
  const { grid } = index
  const column = Math.floor((asked.x - grid.west) / grid.wide)
  const row = Math.floor((asked.y - grid.south) / grid.high)
  // Cells narrow towards the pole, so rings are counted by the narrower of their sides.
  const step = Math.min(grid.high, grid.wide * asked.shrink)
  for (let ring = 0; ; ring += 1) {
    const reach = Math.max(0, ring - 1) * step
    if (reach * reach > best.square) return
    for (let r = row - ring; r <= row + ring; r += 1) {
      if (r < 0 || r >= grid.rows) continue
      const isEdge = r === row - ring || r === row + ring
      for (let c = column - ring; c <= column + ring; c += isEdge || ring === 0 ? 1 : 2 * ring) {
        if (c >= 0 && c < grid.columns) look(index, r * grid.columns + c, asked, best)
      }
    }
  }
}

/** Index of the core's streets by place. */
export function createStreetGrid(graph: Graph) {
  const index = fillCells(graph)
  return {
    /** The nearest place on a street within `limit` metres. Of two that are as near, always the same one. */
    snap({ latitude, longitude }: Position, limit = snapLimit): Snap | undefined {
      const shrink = Math.max(0.01, Math.cos(latitude * (Math.PI / 180)))
      const best: Best = { piece: Number.POSITIVE_INFINITY, share: 0, square: (limit / perUnit) ** 2 }
      findNearest(index, { x: longitude * 1e7, y: latitude * 1e7, shrink }, best)
      if (best.piece === Number.POSITIVE_INFINITY) return undefined
      const segment = segmentOf(graph, best.piece)
      const fraction = fractionAt(graph, segment, best, shrink)
      return { segment, fraction, metres: Math.sqrt(best.square) * perUnit }
    },
  }
}
