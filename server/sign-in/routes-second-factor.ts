import { isRefusal } from '@toneout/contract/refusals.ts'
import { sessionCookie } from '../access/cookie.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { askedBy, type Gate } from './attempts.ts'
import { beginSecondFactor } from './begin-second-factor.ts'
import { confirmSecondFactor } from './confirm-second-factor.ts'
import { checkOwnPassword, checkOwnPasswordAndCode } from './credentials.ts'
import { removeSecondFactor } from './remove-second-factor.ts'
import { resetSecondFactor } from './reset-second-factor.ts'

type Ids = 'beginSecondFactor' | 'confirmSecondFactor' | 'removeSecondFactor' | 'resetSecondFactor'

const done = { status: 204, body: undefined } as const

/** Authenticator apps: set up and given up by their owner, taken away by an admin. */
export function secondFactorRoutes(ctx: Context, gate: Gate): SomeHandlers<Ids> {
  const session = sessionCookie(ctx).hashed
  return {
    beginSecondFactor: async ({ body }, exchange) => {
      const asked = askedBy(exchange)
      const account = await gate(asked, () =>
        checkOwnPassword(ctx, asked.username, body.password, 'password'),
      )
      if (isRefusal(account)) return account
      const begun = await beginSecondFactor(ctx, account)
      return isRefusal(begun) ? begun : { status: 200, body: begun }
    },
    confirmSecondFactor: async ({ body }, exchange) => {
      const { actor } = exchange.caller
      const confirming = { code: body.code, session: session(exchange) }
      const codes = await gate(askedBy(exchange), () => confirmSecondFactor(ctx, actor, confirming))
      return isRefusal(codes) ? codes : { status: 200, body: { recovery_codes: codes } }
    },
    removeSecondFactor: async ({ body }, exchange) => {
      const asked = askedBy(exchange)
      const account = await gate(asked, () => checkOwnPasswordAndCode(ctx, asked.username, body))
      if (isRefusal(account)) return account
      await removeSecondFactor(ctx, exchange.caller.actor)
      return done
    },
    resetSecondFactor: async ({ params: { id } }, { caller: { actor } }) =>
      (await resetSecondFactor(ctx, actor, id)) ?? done,
  }
}
