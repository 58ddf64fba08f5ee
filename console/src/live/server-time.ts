/**
 * Differences between this computer's clock and the server's, in ms, as heartbeats showed them, oldest first.
 */
export type Samples = readonly number[]

const kept = 24

/** Delays below this are a network's; anything else between two clocks means that they disagree. */
const plausibleDelayMs = 1_000

export function addSample(samples: Samples, receivedAt: number, serverAt: number): Samples {
  return [...samples, receivedAt - serverAt].slice(-kept)
}

/**
 * How far this computer's clock is ahead of the server's, in ms. Zero while the quickest heartbeat is
 * explained by a network delay; otherwise that heartbeat is taken to have needed no time, which errs by its
 * delay.
 */
export function clockOffset(samples: Samples): number {
  if (samples.length === 0) return 0
  const quickest = Math.min(...samples)
  return quickest >= 0 && quickest < plausibleDelayMs ? 0 : quickest
}

/** How long an event was on its way, in ms. */
export function delayOf(samples: Samples, receivedAt: number, serverAt: number): number {
  return Math.max(0, receivedAt - serverAt - clockOffset(samples))
}
