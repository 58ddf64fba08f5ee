import type { Segment } from '../streets/segment.ts'

/** Degrees of cells of some 2 km: pieces in cells that touch are one street. */
const side = [0.03, 0.02] as const

const cellAt = (column: number, row: number) => `${column} ${row}`
const indexOf = (degrees: number, at: 0 | 1) => Math.floor(degrees / side[at])
export const cellOf = ([x, y]: readonly [number, number]) => cellAt(indexOf(x, 0), indexOf(y, 1))

/** Sets of cells that were joined (Tarjan, Journal of the ACM 22, 1975). */
function createSets() {
  const above = new Map<string, string>()
  const find = (cell: string): string => {
    let at = cell
    for (let up = above.get(at) ?? at; up !== at; up = above.get(at) ?? at) at = up
    above.set(cell, at)
    return at
  }
  return {
    find,
    join: (a: string, b: string) => void above.set(find(a), find(b)),
    cells: () => [...above.keys()],
  }
}

export type Part = { segments: Segment[]; cells: Set<string> }

/** Pieces of one name in parts that lie apart: where a source names no towns, many have a Mill Lane. */
export function partTowns(segments: readonly Segment[]): Part[] {
  const sets = createSets()
  for (const { line } of segments) {
    const first = cellOf(line[0] as readonly [number, number])
    for (const point of line) sets.join(cellOf(point), first)
  }
  const cells = new Set(sets.cells())
  for (const cell of cells) {
    const [column, row] = cell.split(' ').map(Number) as [number, number]
    const ahead = [cellAt(column + 1, row), ...[-1, 0, 1].map((step) => cellAt(column + step, row + 1))]
    for (const other of ahead) if (cells.has(other)) sets.join(other, cell)
  }
  const parts = new Map<string, Part>()
  const partOf = (cell: string) => {
    const root = sets.find(cell)
    const part = parts.get(root) ?? { segments: [], cells: new Set() }
    parts.set(root, part)
    return part
  }
  for (const segment of segments) {
    partOf(cellOf(segment.line[0] as readonly [number, number])).segments.push(segment)
  }
  for (const cell of cells) partOf(cell).cells.add(cell)
  return [...parts.values()]
}
