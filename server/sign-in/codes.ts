import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { hashRecoveryCode, stepOfCode } from './second-factor.ts'
import * as store from './store.ts'

/** As a sentence: a field of this name would be taken for the code of the refusal. */
export const wrongCode = refuse('invalid', { detail: 'The code is wrong.' })

type Sealing = Pick<Context, 'vault'>

const placeOf = (row: number) => ({ table: 'second_factors', column: 'secret', row })

export const sealSecret = ({ vault }: Sealing, personId: number, secret: string) =>
  vault.seal(placeOf(personId), secret)

export const openSecret = ({ vault }: Sealing, personId: number, sealed: Buffer) =>
  vault.open(placeOf(personId), sealed)

/** With a key: 49 bits are few enough to try them all against a plain hash. */
export const recoveryHash = ({ vault }: Sealing, personId: number, code: string) =>
  vault.index(`recovery code|${personId}|${hashRecoveryCode(code)}`)

/**
 * Uses a code up, of the app or a recovery code. `none`: the person has no app, so nothing is asked;
 * `missing`: there is one and no code was given.
 */
export async function takeCode(
  ctx: Context,
  personId: number,
  code: string | undefined,
): Promise<'none' | 'missing' | 'wrong' | 'right'> {
  return transaction(ctx.db, async (connection) => {
    const factor = await store.lockFactor(connection, personId)
    if (!factor?.confirmed_at) return 'none'
    if (code === undefined) return 'missing'
    const secret = openSecret(ctx, personId, factor.secret)
    const step = stepOfCode(secret, code, factor.last_step, ctx.now().getTime())
    if (step !== undefined) {
      await store.useStep(connection, personId, step)
      return 'right'
    }
    const hash = recoveryHash(ctx, personId, code)
    return (await store.useRecoveryCode(connection, personId, hash)) ? 'right' : 'wrong'
  })
}
