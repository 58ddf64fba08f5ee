import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Cookies are read where one is needed: programs send none, and a hook would cost each of their requests. */
export function readCookie(request: FastifyRequest, name: string): string | undefined {
  const { cookie } = request.headers
  return cookie === undefined ? undefined : parseCookie(cookie)[name]
}

/** For our own pages only; no script can read it. */
export function setCookie(
  reply: FastifyReply,
  name: string,
  value: string,
  { secure, maxAge }: { secure: boolean; maxAge: number },
): void {
  const cookie = { name, value, httpOnly: true, sameSite: 'strict', path: '/', secure, maxAge } as const
  reply.header('set-cookie', stringifySetCookie(cookie))
}
