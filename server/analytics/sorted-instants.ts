/** Instants that come in parts which overlap little, such as days: put in their order part by part. */
export function createSortedInstants() {
  let held = new Float64Array(4_096)
  let n = 0
  let settled = 0
  let ascends = true

  /** Puts what came since the last time where it belongs, which costs no more than what it overlaps with. */
  function settle(): void {
    if (n === settled) return
    if (!ascends) held.subarray(settled, n).sort()
    const first = held[settled] as number
    let low = settled
    while (low > 0 && (held[low - 1] as number) > first) low -= 1
    if (low < settled) {
      const [before, part] = [held.slice(low, settled), held.slice(settled, n)]
      let i = 0
      let j = 0
      for (let at = low; at < n; at += 1) {
        const isBefore = j === part.length || (before[i] as number) <= (part[j] as number)
        held[at] = (isBefore ? before[i] : part[j]) as number
        if (isBefore) i += 1
        else j += 1
      }
    }
    settled = n
    ascends = true
  }

  return {
    push(at: number): void {
      if (n === held.length) {
        const longer = new Float64Array(2 * n)
        longer.set(held)
        held = longer
      }
      if (n > settled && at < (held[n - 1] as number)) ascends = false
      held[n] = at
      n += 1
    },
    settle,
    all(): Float64Array {
      settle()
      return held.subarray(0, n)
    },
  }
}
