import { markLostContact } from './calls/mark-lost-contact.ts'
import { deleteOldReplies } from './calls/store-lost.ts'
import type { Context } from './context.ts'
import { transaction } from './lib/db.ts'

const everyMs = 15_000
const dayMs = 24 * 3_600_000

/** Small work that recurs; each run is safe on several processes at once. Gives the way to stop it. */
export function startChores(ctx: Context): () => void {
  let busy = false
  const run = async () => {
    if (busy) return
    busy = true
    try {
      await markLostContact(ctx)
      const before = new Date(ctx.now().getTime() - dayMs).toISOString()
      await transaction(ctx.db, (connection) => deleteOldReplies(connection, before))
    } catch (error) {
      ctx.log.warn({ code: (error as { code?: string }).code }, 'a chore failed and is tried again')
    } finally {
      busy = false
    }
  }
  const timer = setInterval(() => void run(), everyMs)
  return () => clearInterval(timer)
}
