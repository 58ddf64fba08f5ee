import type { Me } from '@toneout/contract/model/person.ts'
import { meOf } from '../access/me.ts'
import type { Account } from '../access/store.ts'
import { insertSession } from '../access/store-sessions.ts'
import type { Context } from '../context.ts'
import { randomToken, sha256 } from '../lib/crypto.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'

/**
 * A new session for somebody whose password was just right, in place of the one of the token `before`, if
 * any. undefined when the person's sessions were ended since the password was looked at.
 */
export async function signIn(
  ctx: Context,
  person: Account,
  { request_id, before }: { request_id: string; before: string | undefined },
): Promise<{ token: string; me: Me } | undefined> {
  const token = randomToken()
  return transaction(ctx.db, async (connection) => {
    const now = ctx.now()
    const at = now.toISOString()
    const session = {
      token: sha256(token),
      person_id: person.id,
      generation: person.generation,
      created_at: at,
      expires_at: new Date(now.getTime() + ctx.config.sessionSeconds * 1_000).toISOString(),
      before: before === undefined ? null : sha256(before),
    }
    if (!(await insertSession(connection, session))) return undefined
    const actor = { kind: 'person', id: person.id, name: person.username, request_id } as const
    await record(connection, [{ at, type: 'person_signed_in', actor, data: {} }])
    return { token, me: meOf(ctx, person) }
  })
}
