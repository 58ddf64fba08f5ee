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

/** Empty again, with the room that it had. */
export function clearTally(tally: Tally): void {
  tally.counts.fill(0)
  tally.long = []
  tally.n = 0
}

/**
 * The values at index floor(p n) of the sorted values, from 0 on; p in ascending tenths. None without any.
 */
export function percentilesOf({ counts, long, n }: Tally, tenths: readonly number[]): number[] {
  if (n === 0) return []
  const sorted = long.toSorted((a, b) => a - b)
  let [seconds, below] = [0, 0]
  return tenths.map((tenth) => {
    const wanted = Math.floor((n * tenth) / 10)
    while (seconds < counts.length && below + (counts[seconds] as number) <= wanted) {
      below += counts[seconds] as number
      seconds += 1
    }
    return seconds < counts.length ? seconds : (sorted[wanted - below] as number)
  })
}

/** One of them; null without a value. */
export const percentileOf = (tally: Tally, tenths: number): number | null =>
  percentilesOf(tally, [tenths])[0] ?? null

/** ms -> whole seconds, rounded up: within a target of whole seconds just when the span itself is. */
export const secondsOf = (ms: number) => Math.ceil(ms / 1_000)
