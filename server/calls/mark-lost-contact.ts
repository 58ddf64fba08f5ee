import { systemActor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { lostContactMinutes } from './rules.ts'
import { markQuietCalls } from './store-upkeep.ts'

const system = systemActor()

/** Marks open calls that were silent for 15 minutes, never closes them. Gives how many were marked. */
export async function markLostContact(ctx: Context): Promise<number> {
  const now = ctx.now()
  const at = now.toISOString()
  const quietSince = new Date(now.getTime() - lostContactMinutes * 60_000).toISOString()
  return transaction(ctx.db, async (connection) => {
    const marked = await markQuietCalls(connection, quietSince, at)
    if (marked.length === 0) return 0
    const facts = marked.map((call_id) => {
      const data = { quiet_since: quietSince }
      return { at, type: 'call_lost_contact', actor: system, call_id, data } as const
    })
    await record(connection, facts)
    return marked.length
  })
}
