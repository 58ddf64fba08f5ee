import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { recoveryHash } from './codes.ts'
import { newRecoveryCodes } from './second-factor.ts'
import { setRecoveryCodes } from './store.ts'

/** New codes in place of those that are left, after password and code were right; they are not stored. */
export async function replaceRecoveryCodes(ctx: Context, actor: Actor): Promise<string[] | Refusal> {
  const personId = Number(actor.id)
  const codes = newRecoveryCodes()
  const hashes = codes.map((one) => recoveryHash(ctx, personId, one))
  return transaction(ctx.db, async (connection) => {
    if (!(await setRecoveryCodes(connection, personId, hashes))) return refuse('second_factor_missing')
    const at = ctx.now().toISOString()
    await record(connection, [{ at, type: 'recovery_codes_replaced', actor, data: {} }])
    return codes
  })
}
