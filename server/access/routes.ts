import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { sha256 } from '../lib/crypto.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { isForeign } from './authenticate.ts'
import { sessionCookie } from './cookie.ts'
import { meOf } from './me.ts'
import { findPerson } from './store.ts'
import { deleteOwnSession, deleteSession, listSessions } from './store-sessions.ts'
import type { Tokens } from './tokens.ts'

type Ids = 'refreshToken' | 'signOut' | 'listOwnSessions' | 'endOwnSession' | 'readMe'

const foreign = refuse('forbidden', { detail: 'This request did not come from a page of ours.' })
const expired = refuse('not_authenticated', { detail: 'The token is wrong or expired.' })
const noSession = refuse('not_found', { detail: 'You have no session with this id.' })

export function accessRoutes(ctx: Context, tokens: Tokens): SomeHandlers<Ids> {
  const cookie = sessionCookie(ctx)

  return {
    refreshToken: async ({ body }) => {
      const bearer = await tokens.verify('refresh', body.refresh)
      const person = bearer && (await findPerson(ctx.db, bearer.person))
      if (!person?.active || person.generation !== bearer?.generation) return expired
      return { status: 200, body: { access: await tokens.issue('access', bearer) } }
    },
    signOut: async (_, { request, reply }) => {
      if (isForeign(ctx, request)) return foreign
      const token = cookie.read(request)
      if (token) await deleteSession(ctx.db, sha256(token))
      cookie.set(reply, '', 0)
      return { status: 204, body: undefined }
    },
    listOwnSessions: async (_, exchange) => {
      const { id } = exchange.caller.actor
      const now = ctx.now().toISOString()
      const results = await listSessions(ctx.db, Number(id), cookie.hashed(exchange), now)
      return { status: 200, body: { results } }
    },
    endOwnSession: async ({ params }, { caller }) => {
      const isEnded = await deleteOwnSession(ctx.db, Number(caller.actor.id), params.id)
      return isEnded ? { status: 204, body: undefined } : noSession
    },
    readMe: async (_, { caller }) => {
      const person = await findPerson(ctx.db, Number(caller.actor.id))
      return person ? { status: 200, body: meOf(ctx, person) } : refuse('not_authenticated')
    },
  }
}
