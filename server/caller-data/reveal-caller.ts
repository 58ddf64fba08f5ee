import type { Actor } from '@toneout/contract/model/fact.ts'
import { noCall, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { openNumber } from '../calls/caller.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { findNumber } from './store.ts'

/**
 * The number a call came from. It is given only when the fact of it being looked at is committed: what is
 * not on the record is not shown.
 */
export async function revealCaller(
  ctx: Context,
  actor: Actor,
  call_sid: string,
  reason: string,
): Promise<{ status: 200; body: { call_sid: string; caller_number: string } } | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const row = await findNumber(connection, call_sid)
    if (!row) return noCall
    const caller_number = openNumber(ctx.vault, row)
    if (caller_number === '') return refuse('not_found', { detail: 'The number of this call was erased.' })
    const data = { fields: ['caller_number'], reason }
    await record(connection, [{ at, type: 'caller_data_revealed', actor, call_id: row.id, data }])
    return { status: 200 as const, body: { call_sid, caller_number } }
  })
}
