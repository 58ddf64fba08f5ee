import { randomBytes } from 'node:crypto'
import type { PersonRole } from '@toneout/contract/roles.ts'
import { type Ask, asker } from '../../../server/test/support/http.ts'
import { ok } from '../centre.ts'

export type Account = { username: string; password: string }
export const newPassword = () => randomBytes(18).toString('base64url')

/** Asks as somebody who has an account. */
export async function enter(url: string, account: Account): Promise<Ask> {
  const { access } = await ok(asker(url, {})('POST', '/api/token/', account))
  return asker(url, { authorization: `Bearer ${access}` })
}

export async function addPerson(ask: Ask, role: PersonRole, username: string) {
  const password = newPassword()
  const { id } = await ok(ask('POST', '/api/people/', { username, password, role }))
  return { id: id as number, username, password }
}
