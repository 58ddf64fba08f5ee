import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { sha256 } from '../lib/crypto.ts'
import type { Exchange } from '../lib/http/mount.ts'

/**
 * The cookie of a signed-in browser. It is read where one is needed: programs send none, and a hook would
 * cost each of their requests.
 */
export function sessionCookie({ config }: Context) {
  const secure = config.publicUrl?.startsWith('https:') ?? false
  const name = secure ? '__Host-toneout_session' : 'toneout_session'
  const read = ({ headers: { cookie } }: FastifyRequest): string | undefined =>
    cookie === undefined ? undefined : parseCookie(cookie)[name]
  return {
    read,
    /** What is stored of the session that asks: SHA-256 of its token; undefined when it asks by a token. */
    hashed({ caller, request }: Exchange): string | undefined {
      const token = caller.via === 'session' ? read(request) : undefined
      return token === undefined ? undefined : sha256(token)
    },
    /** An empty value with no age takes it away. */
    set(reply: FastifyReply, value: string, maxAge: number): void {
      const cookie = { name, value, httpOnly: true, sameSite: 'strict', path: '/', secure, maxAge } as const
      reply.header('set-cookie', stringifySetCookie(cookie))
    },
  }
}
