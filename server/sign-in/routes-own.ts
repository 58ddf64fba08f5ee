import { isRefusal } from '@toneout/contract/refusals.ts'
import { sessionCookie } from '../access/cookie.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { askedBy, type Gate } from './attempts.ts'
import { changePassword } from './change-password.ts'
import { checkOwnPassword, checkOwnPasswordAndCode } from './credentials.ts'
import { replaceRecoveryCodes } from './replace-recovery-codes.ts'
import { signOutEverywhere } from './sign-out-everywhere.ts'

type Ids = 'changeOwnPassword' | 'replaceRecoveryCodes' | 'signOutEverywhere'

/** What people do about their own password, recovery codes and sessions. */
export function ownRoutes(ctx: Context, gate: Gate): SomeHandlers<Ids> {
  const cookie = sessionCookie(ctx)
  return {
    changeOwnPassword: async ({ body }, exchange) => {
      const { actor } = exchange.caller
      const asked = askedBy(exchange)
      const account = await gate(asked, () => checkOwnPassword(ctx, asked.username, body.current, 'current'))
      if (isRefusal(account)) return account
      const session = cookie.hashed(exchange)
      const refused = await changePassword(ctx, actor, { account, password: body.new, session })
      return refused ?? { status: 204, body: undefined }
    },
    replaceRecoveryCodes: async ({ body }, exchange) => {
      const asked = askedBy(exchange)
      const account = await gate(asked, () => checkOwnPasswordAndCode(ctx, asked.username, body))
      if (isRefusal(account)) return account
      const codes = await replaceRecoveryCodes(ctx, exchange.caller.actor)
      return isRefusal(codes) ? codes : { status: 200, body: { recovery_codes: codes } }
    },
    signOutEverywhere: async (_, { caller, reply }) => {
      await signOutEverywhere(ctx, caller.actor)
      if (caller.via === 'session') cookie.set(reply, '', 0)
      return { status: 204, body: undefined }
    },
  }
}
