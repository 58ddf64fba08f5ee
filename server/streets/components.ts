/** A directed graph as columns: the arcs out of junction n are those from start[n] to start[n + 1]. */
export type Arcs = { start: Uint32Array; to: Uint32Array }

/**
 * Marks the junctions of the largest part in which each reaches every other one with 1. Tarjan's strongly
 * connected components (SIAM J. Comput. 1, 1972) with a stack of its own: roads are deeper than calls go.
 */
export function largestComponent({ start, to }: Arcs): Uint8Array {
  const count = start.length - 1
  const unseen = 0xffff_ffff
  const index = new Uint32Array(count).fill(unseen)
  const low = new Uint32Array(count)
  const component = new Uint32Array(count).fill(unseen)
  /** Where each junction on the path goes on with its arcs. */
  const next = start.slice()
  const path = new Uint32Array(count)
  const open = new Uint32Array(count)
  let [seen, openCount, components, best, bestSize] = [0, 0, 0, 0, 0]
  for (let root = 0; root < count; root += 1) {
    if (index[root] !== unseen) continue
    let depth = 0
    path[0] = root
    while (depth >= 0) {
      const node = path[depth]!
      if (index[node] === unseen) {
        index[node] = low[node] = seen
        seen += 1
        open[openCount] = node
        openCount += 1
      }
      if (next[node]! < start[node + 1]!) {
        const other = to[next[node]!]!
        next[node] = next[node]! + 1
        if (index[other] === unseen) {
          depth += 1
          path[depth] = other
        } else if (component[other] === unseen) low[node] = Math.min(low[node]!, index[other]!)
        continue
      }
      depth -= 1
      if (depth >= 0) low[path[depth]!] = Math.min(low[path[depth]!]!, low[node]!)
      if (low[node] !== index[node]) continue
      const before = openCount
      do {
        openCount -= 1
        component[open[openCount]!] = components
      } while (open[openCount] !== node)
      if (before - openCount > bestSize) [best, bestSize] = [components, before - openCount]
      components += 1
    }
  }
  return Uint8Array.from(component, (one) => (bestSize > 0 && one === best ? 1 : 0))
}
