import type { Actor } from '@toneout/contract/model/fact.ts'
import { refuse } from '@toneout/contract/refusals.ts'
import { endOtherSessions } from '../access/store-sessions.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import type { Verdict } from './attempts.ts'
import { openSecret, recoveryHash, wrongCode } from './codes.ts'
import { newRecoveryCodes, stepOfCode } from './second-factor.ts'
import * as store from './store.ts'

type Confirming = {
  code: string
  /** SHA-256 of the token of the session that goes on, if any. */
  session: string | undefined
}

/**
 * Begins to ask for codes when this one is right; gives the recovery codes, which are not stored. What began
 * with the password alone ends: whoever has it must not stay in beside the app.
 */
export async function confirmSecondFactor(
  ctx: Context,
  actor: Actor,
  { code, session }: Confirming,
): Promise<Verdict<string[]>> {
  const personId = Number(actor.id)
  return transaction(ctx.db, async (connection) => {
    // First, as everybody who ends sessions does: two would lock each other out otherwise.
    await store.holdPerson(connection, personId)
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
    await endOtherSessions(connection, personId, session)
    await record(connection, [{ at, type: 'second_factor_added', actor, data: {} }])
    return { right: codes }
  })
}
