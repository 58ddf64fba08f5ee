/**
 * Junctions in the order of their keys: a heap of four children whose entries rise when their key falls. The
 * keys stay with the caller.
 */
export function createNodeHeap(keys: Float64Array) {
  const heap = new Uint32Array(keys.length)
  /** Place in the heap + 1; 0 for junctions outside. */
  const placeOf = new Uint32Array(keys.length)
  let size = 0

  const rise = (node: number, from: number) => {
    const key = keys[node]!
    let at = from
    while (at > 0) {
      const above = (at - 1) >> 2
      const other = heap[above]!
      if (keys[other]! <= key) break
      heap[at] = other
      placeOf[other] = at + 1
      at = above
    }
    heap[at] = node
    placeOf[node] = at + 1
  }
  const sink = (node: number) => {
    const key = keys[node]!
    let at = 0
    for (let child = 1; child < size; child = at * 4 + 1) {
      let least = child
      const end = Math.min(child + 4, size)
      for (let one = child + 1; one < end; one += 1) {
        if (keys[heap[one]!]! < keys[heap[least]!]!) least = one
      }
      const other = heap[least]!
      if (keys[other]! >= key) break
      heap[at] = other
      placeOf[other] = at + 1
      at = least
    }
    heap[at] = node
    placeOf[node] = at + 1
  }

  return {
    size: () => size,
    clear(): void {
      placeOf.fill(0)
      size = 0
    },
    /** Puts a junction in, or in its new place after its key fell. */
    put(node: number): void {
      const place = placeOf[node]!
      if (place === 0) size += 1
      rise(node, place === 0 ? size - 1 : place - 1)
    },
    /** Takes out the junction with the least key; there must be one. */
    pop(): number {
      const top = heap[0]!
      placeOf[top] = 0
      size -= 1
      if (size > 0) sink(heap[size]!)
      return top
    },
  }
}
