import type { Credentials } from '@toneout/contract/model/person.ts'
import type { Context } from '../context.ts'
import { hashPassword, randomToken, verifyPassword } from '../lib/crypto.ts'
import { findByUsername, type Person } from './store.ts'

/** Verified for unknown names, so that a wrong name takes as long as a wrong password. */
const dummy = hashPassword(randomToken())

/** The person, when name and password belong together and the account is active. */
export async function checkPassword(ctx: Context, given: Credentials): Promise<Person | undefined> {
  const { password_hash, ...person } = (await findByUsername(ctx.db, given.username)) ?? {
    password_hash: undefined,
  }
  const right = await verifyPassword(given.password, password_hash ?? (await dummy))
  return right && password_hash !== undefined && 'id' in person && person.active ? person : undefined
}
