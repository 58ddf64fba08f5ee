import type { Channel } from '@toneout/contract/model/message.ts'

/** How long and how often a channel is tried; times in milliseconds. */
export type Patience = {
  /** Tries at most. */
  tries: number
  /** After this the message is of no use any more. */
  lifeMs: number
  /** One try. */
  timeoutMs: number
  /** Pause after the first failure; each further one is twice as long, up to `mostMs`. */
  firstMs: number
  mostMs: number
  /** Tries at the same time in one process; of webhooks for each: a slow one must hold up no other. */
  atOnce: number
}

const minute = 60_000
const hour = 60 * minute

export const patience: Readonly<Record<Exclude<Channel, 'SCREEN'>, Patience>> = {
  SMS: { tries: 6, lifeMs: 15 * minute, timeoutMs: 5_000, firstMs: 1_000, mostMs: minute, atOnce: 32 },
  VOICE: { tries: 3, lifeMs: 5 * minute, timeoutMs: 5_000, firstMs: 10_000, mostMs: minute, atOnce: 16 },
  PUSH: { tries: 6, lifeMs: 15 * minute, timeoutMs: 5_000, firstMs: 1_000, mostMs: minute, atOnce: 32 },
  EMAIL: { tries: 8, lifeMs: 6 * hour, timeoutMs: 10_000, firstMs: 2_000, mostMs: hour, atOnce: 8 },
  WEBHOOK: { tries: 14, lifeMs: 24 * hour, timeoutMs: 5_000, firstMs: 2_000, mostMs: hour, atOnce: 4 },
}

/** What came of a try. `fault` never holds what a provider said of people, only a status or a code. */
export type Outcome = { done: true } | { done: false; fault: string; final?: boolean; retryAfterMs?: number }

export type Verdict = { state: 'DELIVERED' } | { state: 'FAILED'; fault: string } | Retry
type Retry = { state: 'WAITING'; fault: string; dueMs: number }

/**
 * What becomes of a message after its n-th try. Pauses double, with a random half, so that what failed
 * together does not come back together; a provider's Retry-After is kept. `chance` is from 0 to 1.
 */
export function judge(
  { tries, firstMs, mostMs }: Pick<Patience, 'tries' | 'firstMs' | 'mostMs'>,
  attempt: number,
  outcome: Outcome,
  times: { now: number; expires: number },
  chance: number,
): Verdict {
  if (outcome.done) return { state: 'DELIVERED' }
  const { fault, final, retryAfterMs = 0 } = outcome
  if (final || attempt >= tries) return { state: 'FAILED', fault }
  const full = Math.min(firstMs * 2 ** (attempt - 1), mostMs)
  const dueMs = times.now + Math.max(full * (0.5 + chance / 2), Math.min(retryAfterMs, mostMs))
  return dueMs >= times.expires ? { state: 'FAILED', fault } : { state: 'WAITING', fault, dueMs }
}

/** Failed tries in a row, and for how long, after which a webhook is paused. */
export const pauseAfter = { failures: 20, ms: hour }

/** Milliseconds of a Retry-After header: seconds or a date; undefined when it says neither. */
export function readRetryAfter(header: string | null | undefined, now: number): number | undefined {
  if (!header) return undefined
  if (/^\d{1,7}$/.test(header.trim())) return Number(header) * 1_000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
