const bucketMs = 0.01
const longestMs = 5_000

/** Latencies in buckets of 10 microseconds up to 5 s; recording one is an increment, not an allocation. */
export type Latencies = {
  record: (ms: number) => void
  /** Upper bound, in ms, of the share `q` (0 to 1) of what was recorded; 0 when nothing was. */
  quantile: (q: number) => number
  max: () => number
  count: () => number
}

export function createLatencies(): Latencies {
  const buckets = new Uint32Array(longestMs / bucketMs + 1)
  let count = 0
  let max = 0
  return {
    record(ms) {
      const at = Math.min(buckets.length - 1, Math.floor(ms / bucketMs))
      buckets[at] = (buckets[at] as number) + 1
      count += 1
      if (ms > max) max = ms
    },
    quantile(q) {
      if (count === 0) return 0
      const wanted = Math.ceil(q * count)
      let seen = 0
      for (let at = 0; at < buckets.length; at += 1) {
        seen += buckets[at] as number
        if (seen >= wanted) return Math.min(max, (at + 1) * bucketMs)
      }
      return max
    },
    max: () => max,
    count: () => count,
  }
}
