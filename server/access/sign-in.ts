import type { Credentials } from '@toneout/contract/model/person.ts'
import type { Context } from '../context.ts'
import { randomToken, sha256 } from '../lib/crypto.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { checkPassword } from './check-password.ts'
import { insertSession, type Person } from './store.ts'

/** A new session and its cookie's token; undefined when name and password do not belong together. */
export async function signIn(
  ctx: Context,
  given: Credentials,
  request_id: string,
): Promise<{ person: Person; token: string } | undefined> {
  const person = await checkPassword(ctx, given)
  if (!person) return undefined
  const token = randomToken()
  const at = ctx.now()
  const expires_at = new Date(at.getTime() + ctx.config.sessionSeconds * 1_000).toISOString()
  const session = { token: sha256(token), person_id: person.id, created_at: at.toISOString(), expires_at }
  await transaction(ctx.db, async (connection) => {
    await insertSession(connection, session)
    const actor = { kind: 'person', id: person.id, name: person.username, request_id } as const
    await record(connection, [{ at: at.toISOString(), type: 'person_signed_in', actor, data: {} }])
  })
  return { person, token }
}
