import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'

/**
 * The cookie of a signed-in browser. It is read where one is needed: programs send none, and a hook would
 * cost each of their requests.
 */
export function sessionCookie({ config }: Context) {
  const secure = config.publicUrl?.startsWith('https:') ?? false
  const name = secure ? '__Host-toneout_session' : 'toneout_session'
  return {
    read(request: FastifyRequest): string | undefined {
      const { cookie } = request.headers
      return cookie === undefined ? undefined : parseCookie(cookie)[name]
    },
    /** An empty value with no age takes it away. */
    set(reply: FastifyReply, value: string, maxAge: number): void {
      const cookie = { name, value, httpOnly: true, sameSite: 'strict', path: '/', secure, maxAge } as const
      reply.header('set-cookie', stringifySetCookie(cookie))
    },
  }
}
