/** How many stretches of equal length the keys up to the bound are put into. */
const stretches = 900

/**
 * Junctions roughly in the order of their keys: those of the same stretch come in any order, so one whose key
 * falls after it came out is put in again (Dial, Communications of the ACM 12, 1969, with stretches that are
 * wider than the shortest arc). A search asks each junction about again at most for a few, which costs less
 * than to keep them sorted. The keys stay with the caller.
 */
export function createNodeQueue(keys: Float64Array) {
  /** The first junction of each stretch, -1 for none, and its neighbours there. */
  const heads = new Int32Array(stretches + 1)
  const next = new Int32Array(keys.length)
  const before = new Int32Array(keys.length)
  /** Stretch + 1; 0 for junctions outside. */
  const place = new Uint16Array(keys.length)
  let scale = 1
  let lowest = 0

  const takeOut = (node: number) => {
    const [after, ahead] = [next[node]!, before[node]!]
    if (ahead === -1) heads[place[node]! - 1] = after
    else next[ahead] = after
    if (after !== -1) before[after] = ahead
  }

  return {
    /** Empties it for keys from 0 to `bound`, which must be above 0. */
    clear(bound: number): void {
      heads.fill(-1)
      place.fill(0)
      scale = stretches / bound
      lowest = 0
    },
    /** Puts a junction in, or in its new place after its key fell; never below the last that came out. */
    put(node: number): void {
      const stretch = Math.floor(keys[node]! * scale)
      if (place[node] === stretch + 1) return
      if (place[node] !== 0) takeOut(node)
      const head = heads[stretch]!
      if (head !== -1) before[head] = node
      next[node] = head
      before[node] = -1
      heads[stretch] = node
      place[node] = stretch + 1
    },
    /** The stretch of the last that came out: no key below it falls any more. */
    stretch: () => lowest,
    /** Takes out a junction of the lowest stretch; -1 when none is left. */
    pop(): number {
      while (lowest <= stretches && heads[lowest] === -1) lowest += 1
      if (lowest > stretches) return -1
      const node = heads[lowest]!
      takeOut(node)
      place[node] = 0
      return node
    },
  }
}
