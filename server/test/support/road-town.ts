import { createGraphBuilder } from '../../streets/build-graph.ts'
import { graphPath, writeGraph } from '../../streets/graph-file.ts'
import type { Segment } from '../../streets/segment.ts'

/** A town of straight streets: `size` avenues north and as many streets east, a block 100 m long. */
export function gridSegments(size: number, [west, south] = [-122.42, 37.76]): Segment[] {
  const step = 0.001
  const at = (x: number, y: number): [number, number] => [west! + x * step, south! + y * step]
  const node = (x: number, y: number) => `${x}/${y}`
  const piece = (name: string, isMain: boolean, from: [number, number], to: [number, number]): Segment => ({
    id: `${node(...from)} ${node(...to)}`,
    name,
    class: isMain ? 'primary' : 'residential',
    oneway: 'no',
    line: [at(...from), at(...to)],
    from_node: node(...from),
    to_node: node(...to),
  })
  const all: Segment[] = []
  for (let a = 0; a < size; a += 1) {
    for (let b = 0; b + 1 < size; b += 1) {
      const isMain = a === Math.floor(size / 2)
      all.push(piece(`Avenue ${a + 1}`, isMain, [a, b], [a, b + 1]))
      all.push(piece(`Street ${a + 1}`, isMain, [b, a], [b + 1, a]))
    }
  }
  return all
}

/** Writes the town's road graph into a data folder. */
export function writeTown(dataDir: string, size: number, made_at = '2026-11-21T00:00:00.000Z'): void {
  const builder = createGraphBuilder()
  for (const segment of gridSegments(size)) builder.add(segment)
  const about = { made_at, sources: ['grid'], attribution: ['The Surveyors of the Grid'] }
  writeGraph(graphPath(dataDir), builder.finish(about))
}
