import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '@toneout/contract/client.ts'
import type { Random } from './random.ts'

export type RetryOptions = {
  /** Requests at most, the first one included. */
  tries: number
  /** Milliseconds before the second request; doubled each time up to `longestMs`. */
  firstMs: number
  longestMs: number
  random: Random
  signal?: AbortSignal
  onRetry?: () => void
}

export const patience = { tries: 7, firstMs: 150, longestMs: 5_000 } as const

/**
 * Sends until an answer comes that is worth having: no reply at all, 429 and 5xx are tried again with
 * back-off and jitter. The last answer is returned as it is; the last failure to get one is thrown.
 */
export async function withRetries(send: () => Promise<Answer>, options: RetryOptions): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const last = attempt === options.tries
    let answer: Answer | undefined
    try {
      answer = await send()
      if (!passing(answer.status) || last) return answer
    } catch (error) {
      if (last || options.signal?.aborted) throw error
    }
    options.onRetry?.()
    await sleep(pauseMs(attempt, answer, options), undefined, { signal: options.signal })
  }
}

/** A state that may be gone in a moment. */
function passing(status: number): boolean {
  return status === 429 || status >= 500
}

function pauseMs(attempt: number, answer: Answer | undefined, options: RetryOptions): number {
  const asked = Number(answer?.headers.get('retry-after')) * 1_000
  if (asked > 0) return Math.min(asked, 30_000)
  const full = Math.min(options.firstMs * 2 ** (attempt - 1), options.longestMs)
  return full * (0.5 + options.random.next() / 2)
}
