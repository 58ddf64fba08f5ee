import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { keyIdOf } from '../lib/field-cipher.ts'
import { openSecret, sealSecret } from './codes.ts'
import { keepSecret, lockSecrets } from './store.ts'

/** Seals secrets of authenticator apps anew where another key than the current one has sealed them. */
export async function resealSecrets(ctx: Pick<Context, 'db' | 'vault'>): Promise<number> {
  const current = ctx.vault.currentKey()
  return transaction(ctx.db, async (connection) => {
    const others = (await lockSecrets(connection)).filter(({ secret }) => keyIdOf(secret) !== current)
    for (const { person_id, secret } of others) {
      await keepSecret(connection, person_id, sealSecret(ctx, person_id, openSecret(ctx, person_id, secret)))
    }
    return others.length
  })
}
