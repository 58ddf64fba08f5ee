import { createNodeHeap } from './node-heap.ts'

/** Arcs as the search goes along them, by the junction it comes from. */
export type SearchArcs = {
  start: Uint32Array
  /** The junction an arc leads to, seen from where the search began. */
  node: Uint32Array
  segment: Uint32Array
}

/** Where a search begins: seconds to a junction and metres, along a part of a segment. */
export type Seed = { node: number; seconds: number; metres: number }

/**
 * Shortest paths from one place to all junctions within a bound (Dijkstra, Numerische Mathematik 1, 1959).
 * The columns hold the last search.
 */
export function createSearch(nodes: number) {
  const seconds = new Float64Array(nodes)
  const metres = new Float32Array(nodes)
  /** The arc by which each junction was reached, as its place in the arcs; -1 for seeds. */
  const parent = new Int32Array(nodes)
  const heap = createNodeHeap(seconds)
  const reach = (node: number, value: number, far: number, slot: number) => {
    if (value >= seconds[node]!) return
    seconds[node] = value
    metres[node] = far
    parent[node] = slot
    heap.put(node)
  }
  return {
    seconds,
    metres,
    parent,
    /** Fills the columns; junctions beyond `bound` seconds are Infinity. Closed segments are not used. */
    run(
      arcs: SearchArcs,
      weights: { seconds: Float32Array; metres: Float32Array },
      seeds: readonly Seed[],
      bound: number,
      closed: Uint8Array | undefined,
    ): void {
      seconds.fill(Number.POSITIVE_INFINITY)
      heap.clear()
      for (const seed of seeds) if (seed.seconds <= bound) reach(seed.node, seed.seconds, seed.metres, -1)
      while (heap.size() > 0) {
        const node = heap.pop()
        const base = seconds[node]!
        const far = metres[node]!
        const end = arcs.start[node + 1]!
        for (let slot = arcs.start[node]!; slot < end; slot += 1) {
          const segment = arcs.segment[slot]!
          if (closed !== undefined && closed[segment] === 1) continue
          const value = base + weights.seconds[segment]!
          if (value <= bound) reach(arcs.node[slot]!, value, far + weights.metres[segment]!, slot)
        }
      }
    },
  }
}
