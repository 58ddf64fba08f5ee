import type { NewSecondFactor } from '@toneout/contract/model/person.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Account } from '../access/store.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { sealSecret } from './codes.ts'
import { newSecret, otpauthUri } from './second-factor.ts'
import { putFactor } from './store.ts'

/** A new secret for an authenticator app; nothing is asked for before a code of it was right. */
export async function beginSecondFactor(
  ctx: Context,
  { id, username }: Account,
): Promise<NewSecondFactor | Refusal> {
  const secret = newSecret()
  const sealed = sealSecret(ctx, id, secret)
  const isPut = await transaction(ctx.db, (connection) =>
    putFactor(connection, id, sealed, ctx.now().toISOString()),
  )
  return isPut ? { secret, uri: otpauthUri(secret, username) } : refuse('second_factor_exists')
}
