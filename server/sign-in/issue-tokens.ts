import type { Account } from '../access/store.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'

/**
 * Tokens for somebody whose password was just right. It is a sign-in like that of a browser, and as much on
 * the record; renewing a token is none.
 */
export async function issueTokens(
  ctx: Context,
  tokens: Tokens,
  { id, username: name, generation }: Account,
  request_id: string,
): Promise<{ access: string; refresh: string }> {
  const bearer = { person: id, generation }
  const [access, refresh] = await Promise.all([
    tokens.issue('access', bearer),
    tokens.issue('refresh', bearer),
  ])
  const actor = { kind: 'person', id, name, request_id } as const
  const at = ctx.now().toISOString()
  await transaction(ctx.db, (connection) =>
    record(connection, [{ at, type: 'person_signed_in', actor, data: { token: true } }]),
  )
  return { access, refresh }
}
