import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Account } from '../access/store.ts'
import { endOtherSessions } from '../access/store-sessions.ts'
import type { Context } from '../context.ts'
import { hashPassword } from '../lib/crypto.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { replacePassword } from './store.ts'
import { judgePassword } from './strength.ts'

type Change = {
  /** The account, whose old password was just right. */
  account: Account
  password: string
  /** SHA-256 of the token of the session that goes on, if any. */
  session: string | undefined
}

/** Gives the own account a new password and ends all other sessions, and all tokens. */
export async function changePassword(
  ctx: Context,
  actor: Actor,
  { account, password, session }: Change,
): Promise<Refusal | undefined> {
  const weak = await judgePassword(password, account.username)
  if (weak) return refuse('invalid', { fields: { new: [weak] } })
  const hash = await hashPassword(password)
  return transaction(ctx.db, async (connection) => {
    if (!(await replacePassword(connection, account, hash))) return refuse('not_authenticated')
    await endOtherSessions(connection, account.id, session)
    const at = ctx.now().toISOString()
    await record(connection, [{ at, type: 'password_changed', actor, data: {} }])
    return undefined
  })
}
