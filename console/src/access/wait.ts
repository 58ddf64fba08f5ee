import { duration } from '../ui/format.ts'
import { Refused } from './ask.ts'

/** Until when the server does not look at another try, in ms since 1970; null when it would now. */
export function waitUntil(error: unknown): number | null {
  return error instanceof Refused && error.status === 429 ? error.retryAt : null
}

/** What is left of a wait as it counts down; it never shows 0:00 before it is over. */
export const countdown = (until: number, now: number) => duration(Math.ceil((until - now) / 1000))

/** How long that is, as one says it: read aloud once, where a running figure would be read without end. */
export function waitWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 100) return seconds === 1 ? '1 second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return `${minutes} minutes`
}
