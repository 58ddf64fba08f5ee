import type { Actor } from '@toneout/contract/model/fact.ts'
import { endSessions } from '../access/store.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'

/** Ends all sessions and tokens of the person who asks. */
export async function signOutEverywhere(ctx: Context, actor: Actor): Promise<void> {
  await transaction(ctx.db, async (connection) => {
    await endSessions(connection, Number(actor.id))
    const at = ctx.now().toISOString()
    await record(connection, [{ at, type: 'signed_out_everywhere', actor, data: {} }])
  })
}
