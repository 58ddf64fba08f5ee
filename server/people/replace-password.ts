import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { endSessions } from '../access/store.ts'
import type { Context } from '../context.ts'
import { hashPassword } from '../lib/crypto.ts'
import { transaction } from '../lib/db.ts'
import { judgePassword } from '../sign-in/strength.ts'
import { record } from '../timeline/record.ts'
import { findPerson } from './reads.ts'
import { updatePassword } from './store.ts'

/** Gives a person a new password and ends the sessions and tokens that began with the old one. */
export async function replacePassword(
  ctx: Context,
  actor: Actor,
  person_id: number,
  password: string,
): Promise<Refusal | undefined> {
  const person = await findPerson(ctx.db.pool, person_id)
  if (!person) return refuse('not_found')
  const weak = await judgePassword(password, person.username)
  if (weak) return refuse('invalid', { fields: { password: [weak] } })
  const at = ctx.now().toISOString()
  const hash = await hashPassword(password)
  return transaction(ctx.db, async (connection) => {
    if (!(await updatePassword(connection, person_id, hash))) return refuse('not_found')
    await endSessions(connection, person_id)
    await record(connection, [{ at, type: 'password_replaced', actor, data: { person_id } }])
    return undefined
  })
}
