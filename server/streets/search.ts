import { createNodeQueue } from './node-queue.ts'

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
 * Shortest paths from one place to all junctions within a bound (Dijkstra, Numerische Mathematik 1, 1959); a
 * junction whose way was not yet the shortest when it was looked at is looked at again.
 * The columns hold the last search.
 */
export function createSearch(nodes: number) {
  const seconds = new Float64Array(nodes)
  const metres = new Float32Array(nodes)
  /** The arc by which each junction was reached, as its place in the arcs; -1 for seeds. */
  const parent = new Int32Array(nodes)
  const queue = createNodeQueue(seconds)
  /** 1 for junctions that are asked about and were not reached yet. */
  const missing = new Uint8Array(nodes)
  const ask = (asked: readonly number[]) => {
    missing.fill(0)
    for (const node of asked) missing[node] = 1
    return missing.reduce((sum, one) => sum + one, 0)
  }
  const reach = (node: number, value: number, far: number, slot: number) => {
    if (value >= seconds[node]!) return
    seconds[node] = value
    metres[node] = far
    parent[node] = slot
    queue.put(node)
  }
  return {
    seconds,
    metres,
    parent,
    /**
     * Fills the columns for the junctions asked about; those beyond `bound` seconds are Infinity. It ends
     * when all of them are known, and others hold nothing of use then. Closed segments are not used.
     */
    run(
      arcs: SearchArcs,
      weights: { seconds: Float32Array; metres: Float32Array },
      seeds: readonly Seed[],
      asked: readonly number[],
      bound: number,
      closed: Uint8Array | undefined,
    ): void {
      let left = ask(asked)
      let last = Number.POSITIVE_INFINITY
      seconds.fill(Number.POSITIVE_INFINITY)
      queue.clear(bound)
      for (const seed of seeds) if (seed.seconds <= bound) reach(seed.node, seed.seconds, seed.metres, -1)
      for (let node = queue.pop(); node !== -1; node = queue.pop()) {
        if (queue.stretch() > last) return
        left -= missing[node]!
        missing[node] = 0
        // Junctions of one stretch come in any order, so the last one has to be gone through.
        if (left === 0) last = Math.min(last, queue.stretch())
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
