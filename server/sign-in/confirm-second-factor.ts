import type { Actor } from '@toneout/contract/model/fact.ts'
import { refuse } from '@toneout/contract/refusals.ts'
import { tellChange } from '../access/store.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import type { Verdict } from './attempts.ts'
import { openSecret, recoveryHash, wrongCode } from './codes.ts'
import { newRecoveryCodes, stepOfCode } from './second-factor.ts'
import * as store from './store.ts'

/** Begins to ask for codes when this one is right; gives the recovery codes, which are not stored. */
export async function confirmSecondFactor(
  ctx: Context,
  actor: Actor,
  code: string,
): Promise<Verdict<string[]>> {
  const personId = Number(actor.id)
  return transaction(ctx.db, async (connection) => {
    const factor = await store.lockFactor(connection, personId)
    if (!factor) return { undecided: refuse('second_factor_missing') }
    if (factor.confirmed_at) return { undecided: refuse('second_factor_exists') }
    const now = ctx.now()
    const secret = openSecret(ctx, personId, factor.secret)
    const step = stepOfCode(secret, code, factor.last_step, now.getTime())
    if (step === undefined) {
      return { wrong: wrongCode, person_id: personId }
    }
    const codes = newRecoveryCodes()
    const recovery = codes.map((one) => recoveryHash(ctx, personId, one))
    const at = now.toISOString()
    await store.confirmFactor(connection, personId, { step, recovery, at })
    await tellChange(connection)
    await record(connection, [{ at, type: 'second_factor_added', actor, data: {} }])
    return { right: codes }
  })
}
