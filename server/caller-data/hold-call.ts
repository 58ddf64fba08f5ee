import type { LegalHold } from '@toneout/contract/model/caller-data.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { noCall, type Refusal } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { lockHold, setHold } from './store.ts'

/** Holds a call back from erasure, or with no reason lets it go again. Repeating it changes nothing. */
export async function holdCall(
  ctx: Context,
  actor: Actor,
  call_sid: string,
  reason: string | null,
): Promise<{ status: 200; body: LegalHold } | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const before = await lockHold(connection, call_sid)
    if (!before) return noCall
    const done = { status: 200 as const, body: { call_sid, legal_hold: reason } }
    if (before.legal_hold === reason) return done
    await setHold(connection, before.id, reason)
    const type = reason === null ? 'call_released' : 'call_held'
    const data = { from: before.legal_hold, to: reason }
    await record(connection, [{ at, type, actor, call_id: before.id, data }])
    return done
  })
}
