import { deleteEndedSessions } from './access/store-sessions.ts'
import { purgeCallerData } from './caller-data/erase-calls.ts'
import { sealPlainNumbers } from './caller-data/seal-numbers.ts'
import { judgeTargets } from './calls/judge-targets.ts'
import { markLostContact } from './calls/mark-lost-contact.ts'
import { deleteOldReplies, mergeNewWords } from './calls/store-upkeep.ts'
import type { Context } from './context.ts'
import { purgeDeskWords } from './desk-work/purge-desk-words.ts'
import { erasePositions } from './fleet/erase-positions.ts'
import { deleteOldOpenings } from './incidents/store-openings.ts'
import { transaction } from './lib/db.ts'
import { deleteOldAttempts } from './sign-in/store-attempts.ts'

const dayMs = 24 * 3_600_000
const dayBefore = (now: Date) => new Date(now.getTime() - dayMs).toISOString()

type Chore = { everyMs: number; run: (ctx: Context) => Promise<unknown> }

/** Small work that recurs; each is safe on several processes at once. */
const chores: readonly Chore[] = [
  { everyMs: 15_000, run: markLostContact },
  { everyMs: 30_000, run: judgeTargets },
  { everyMs: 2_000, run: (ctx) => transaction(ctx.db, mergeNewWords) },
  { everyMs: 2_000, run: sealPlainNumbers },
  { everyMs: 3_600_000, run: (ctx) => purgeCallerData(ctx, ctx.settings.current()) },
  { everyMs: 3_600_000, run: (ctx) => purgeDeskWords(ctx, ctx.settings.current().transcripts_days) },
  { everyMs: 3_600_000, run: (ctx) => erasePositions(ctx, ctx.settings.current().positions_days) },
  {
    everyMs: 60_000,
    run: (ctx) => transaction(ctx.db, (connection) => deleteOldReplies(connection, dayBefore(ctx.now()))),
  },
  {
    everyMs: 60_000,
    run: (ctx) => transaction(ctx.db, (connection) => deleteOldOpenings(connection, dayBefore(ctx.now()))),
  },
  { everyMs: 60_000, run: ({ db, now }) => deleteEndedSessions(db, now().toISOString()) },
  { everyMs: 60_000, run: ({ db, now }) => deleteOldAttempts(db, dayBefore(now())) },
]

/**
 * Begins the chores and `more` that need what is in memory; gives the way to stop them. A chore that fails is
 * tried again at its next time.
 */
export function startChores(ctx: Context, more: readonly Chore[] = []): () => void {
  const begin = ({ everyMs, run }: Chore) => {
    let busy = false
    const once = async () => {
      if (busy) return
      busy = true
      await run(ctx).catch((error: { code?: string }) => ctx.log.warn({ code: error.code }, 'a chore failed'))
      busy = false
    }
    return setInterval(() => void once(), everyMs)
  }
  const timers = [...chores, ...more].map(begin)
  return () => timers.forEach(clearInterval)
}
