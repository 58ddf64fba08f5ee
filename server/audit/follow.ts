import { setTimeout as delay } from 'node:timers/promises'
import type { Context } from '../context.ts'
import type { Heads } from './heads.ts'
import { keepHead } from './keep-head.ts'
import { purgeHistory } from './retention.ts'
import { sealFacts } from './seal-facts.ts'

/** Milliseconds. A fact is sealed within 5 s, whatever the sealing itself takes. */
const every = { seal: 2_000, keep: 60_000, purge: 3_600_000 }
/** Milliseconds the last sealing may take: a server that is told to stop stops. */
const patienceMs = 1_000

export type Follower = { close: () => Promise<void> }

/** Seals facts behind those who write them, and keeps the head of the chain outside the database. */
export function followFacts(ctx: Context, heads: Heads | undefined): Follower {
  let closed = false
  let running: Promise<void> | undefined
  let kept: Awaited<ReturnType<typeof keepHead>>
  let keptAt = Number.NEGATIVE_INFINITY
  let purgedAt = performance.now()

  async function work(isLast: boolean): Promise<void> {
    await sealFacts(ctx, () => !closed)
    if (heads && (isLast || performance.now() - keptAt >= every.keep)) {
      keptAt = performance.now()
      kept = await keepHead(ctx, heads, kept)
    }
    if (isLast || performance.now() - purgedAt < every.purge) return
    // A little each time, so that sealing is never held up for long.
    const isDone = (await purgeHistory(ctx, heads, ctx.settings.current().audit_days)) === 0
    if (isDone) purgedAt = performance.now()
  }

  const once = (isLast: boolean) => {
    running ??= work(isLast)
      .catch((error: { code?: string }) => ctx.log.warn({ code: error.code }, 'facts could not be sealed'))
      .finally(() => {
        running = undefined
      })
    return running
  }

  const timer = setInterval(() => void once(false), every.seal)
  return {
    /** What was written last is sealed too, so that nobody can change it unseen while we are off. */
    async close() {
      closed = true
      clearInterval(timer)
      await running
      await Promise.race([once(true), delay(patienceMs, undefined, { ref: false })])
    },
  }
}
