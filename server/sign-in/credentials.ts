import type { BothProofs, Credentials } from '@toneout/contract/model/person.ts'
import { refuse } from '@toneout/contract/refusals.ts'
import { type Account, findByUsername } from '../access/store.ts'
import type { Context } from '../context.ts'
import { hashPassword, randomToken, verifyPassword } from '../lib/crypto.ts'
import type { Verdict } from './attempts.ts'
import { takeCode, wrongCode } from './codes.ts'

/** Verified for unknown names, so that a wrong name takes as long as a wrong password. */
const dummy = hashPassword(randomToken())

/** One sentence for all: which part was wrong is nobody's business. */
const wrong = refuse('not_authenticated', { detail: 'Username, password or code is wrong.' })

/** Whether name, password and code belong together and the account is active. */
export async function checkCredentials(ctx: Context, given: Credentials): Promise<Verdict<Account>> {
  const account = await findByUsername(ctx.db, given.username)
  const isRight = await verifyPassword(given.password, account?.password_hash ?? (await dummy))
  if (!account?.active || !isRight) return { wrong, person_id: account?.id ?? null }
  const used = await takeCode(ctx, account.id, given.code)
  if (used === 'missing') return { undecided: refuse('second_factor_required') }
  return used === 'wrong' ? { wrong, person_id: account.id } : { right: account }
}

/** Whether it is the password of somebody who is signed in already; `field` is where it was given. */
export async function checkOwnPassword(
  ctx: Context,
  username: string,
  password: string,
  field: 'current' | 'password',
): Promise<Verdict<Account>> {
  const account = await findByUsername(ctx.db, username)
  if (!account) return { undecided: refuse('not_authenticated') }
  if (await verifyPassword(password, account.password_hash)) return { right: account }
  return { wrong: refuse('invalid', { fields: { [field]: ['Is wrong.'] } }), person_id: account.id }
}

/** The same with a code, which is used up. */
export async function checkOwnPasswordAndCode(
  ctx: Context,
  username: string,
  { password, code }: BothProofs,
): Promise<Verdict<Account>> {
  const verdict = await checkOwnPassword(ctx, username, password, 'password')
  if (!('right' in verdict)) return verdict
  const { id } = verdict.right
  const used = await takeCode(ctx, id, code)
  if (used === 'right') return verdict
  if (used === 'none') return { undecided: refuse('second_factor_missing') }
  return { wrong: wrongCode, person_id: id }
}
