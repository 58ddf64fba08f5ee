import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { sha256 } from '../lib/crypto.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { isForeign } from './authenticate.ts'
import { checkPassword } from './check-password.ts'
import { sessionCookie } from './cookie.ts'
import { signIn } from './sign-in.ts'
import { deleteSession, findPerson } from './store.ts'
import type { Tokens } from './tokens.ts'

type Ids = 'createToken' | 'refreshToken' | 'signIn' | 'signOut' | 'readMe'

const wrong = refuse('not_authenticated', { detail: 'Username or password is wrong.' })
const foreign = refuse('forbidden', { detail: 'This request did not come from a page of ours.' })

export function accessRoutes(ctx: Context, tokens: Tokens): SomeHandlers<Ids> {
  const cookie = sessionCookie(ctx)

  return {
    createToken: async ({ body }) => {
      const person = await checkPassword(ctx, body)
      if (!person) return wrong
      const [access, refresh] = [
        await tokens.issue('access', person.id),
        await tokens.issue('refresh', person.id),
      ]
      return { status: 200, body: { access, refresh } }
    },
    refreshToken: async ({ body }) => {
      const id = await tokens.verify('refresh', body.refresh)
      const person = id === undefined ? undefined : await findPerson(ctx.db, id)
      if (!person?.active) return refuse('not_authenticated', { detail: 'The token is wrong or expired.' })
      return { status: 200, body: { access: await tokens.issue('access', person.id) } }
    },
    signIn: async ({ body }, { request, reply }) => {
      if (isForeign(ctx, request)) return foreign
      const signed = await signIn(ctx, body, request.id)
      if (!signed) return wrong
      cookie.set(reply, signed.token, ctx.config.sessionSeconds)
      const { id, username, role } = signed.person
      return { status: 200, body: { id, username, role } }
    },
    signOut: async (_, { request, reply }) => {
      if (isForeign(ctx, request)) return foreign
      const token = cookie.read(request)
      if (token) await deleteSession(ctx.db, sha256(token))
      cookie.set(reply, '', 0)
      return { status: 204, body: undefined }
    },
    readMe: async (_, { caller }) => {
      const person = await findPerson(ctx.db, Number(caller.actor.id))
      if (!person) return refuse('not_authenticated')
      return { status: 200, body: { id: person.id, username: person.username, role: person.role } }
    },
  }
}
