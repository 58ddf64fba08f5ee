import { isRefusal, refuse } from '@toneout/contract/refusals.ts'
import { isForeign } from '../access/authenticate.ts'
import { sessionCookie } from '../access/cookie.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Context } from '../context.ts'
import type { Exchange, SomeHandlers } from '../lib/http/mount.ts'
import type { Gate } from './attempts.ts'
import { checkCredentials } from './credentials.ts'
import { issueTokens } from './issue-tokens.ts'
import { signIn } from './sign-in.ts'

const foreign = refuse('forbidden', { detail: 'This request did not come from a page of ours.' })
const ended = refuse('not_authenticated', { detail: 'The password was changed just now.' })

/** The ways in: for a browser, and for a program that has a password. */
export function entryRoutes(
  ctx: Context,
  gate: Gate,
  tokens: Tokens,
): SomeHandlers<'createToken' | 'signIn'> {
  const cookie = sessionCookie(ctx)
  const look = (body: Parameters<typeof checkCredentials>[1], { ip, id }: Exchange['request']) =>
    gate({ username: body.username, address: ip, request_id: id }, () => checkCredentials(ctx, body))

  return {
    createToken: async ({ body }, { request }) => {
      const person = await look(body, request)
      if (isRefusal(person)) return person
      return { status: 200, body: await issueTokens(ctx, tokens, person, request.id) }
    },
    signIn: async ({ body }, { request, reply }) => {
      if (isForeign(ctx, request)) return foreign
      const person = await look(body, request)
      if (isRefusal(person)) return person
      const signed = await signIn(ctx, person, { request_id: request.id, before: cookie.read(request) })
      if (!signed) return ended
      cookie.set(reply, signed.token, ctx.config.sessionSeconds)
      return { status: 200, body: signed.me }
    },
  }
}
