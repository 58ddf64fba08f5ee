import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { endSessions } from '../access/store.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { deleteFactor, holdPerson } from './store.ts'

const own = 'Give up your own with your password and a code; another admin can reset it.'

/** Takes the authenticator app of somebody else away, who lost it, and ends what they have open. */
export async function resetSecondFactor(
  ctx: Context,
  actor: Actor,
  person_id: number,
): Promise<Refusal | undefined> {
  if (actor.id === person_id) return refuse('own_account', { detail: own })
  return transaction(ctx.db, async (connection) => {
    if (!(await holdPerson(connection, person_id))) return refuse('not_found')
    if (!(await deleteFactor(connection, person_id))) return refuse('second_factor_missing')
    await endSessions(connection, person_id)
    const at = ctx.now().toISOString()
    await record(connection, [{ at, type: 'second_factor_reset', actor, data: { person_id } }])
    return undefined
  })
}
