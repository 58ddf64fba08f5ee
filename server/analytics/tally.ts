/** Seconds that have a counter each; longer ones, which are few, are kept as they are. */
const mostCounted = 65_536
const firstCounted = 1_024

/**
 * A histogram of whole seconds: exact, whatever is added to it, and in whatever order. It is data and not an
 * object with methods, because a year adds twenty million values.
 */
export type Tally = { counts: Uint32Array; long: number[]; n: number }

export const createTally = (): Tally => ({ counts: new Uint32Array(firstCounted), long: [], n: 0 })

export function addSeconds(tally: Tally, seconds: number): void {
  tally.n += 1
  if (seconds >= mostCounted) {
    tally.long.push(seconds)
    return
  }
  if (seconds >= tally.counts.length) {
    const longer = new Uint32Array(2 ** Math.ceil(Math.log2(seconds + 1)))
    longer.set(tally.counts)
    tally.counts = longer
  }
  tally.counts[seconds] = (tally.counts[seconds] as number) + 1
}

/** The value at index floor(p n) of the sorted values, from 0 on; p in tenths. Null without a value. */
export function percentileOf({ counts, long, n }: Tally, tenths: number): number | null {
  if (n === 0) return null
  let left = Math.floor((n * tenths) / 10)
  for (let seconds = 0; seconds < counts.length; seconds += 1) {
    left -= counts[seconds] as number
    if (left < 0) return seconds
  }
  return long.sort((a, b) => a - b)[left] as number
}

/** ms -> whole seconds, rounded up: within a target of whole seconds just when the span itself is. */
export const secondsOf = (ms: number) => Math.ceil(ms / 1_000)
