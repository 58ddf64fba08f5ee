import type { PersonRole } from '@toneout/contract/roles.ts'

/**
 * Which kind of credential the headers carry; a token of three dotted parts is a JWT, anything else a key.
 */
export type Credential = { kind: 'key' | 'jwt'; value: string }

const jwt = /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/

/** Reads `Authorization: Bearer|Token …` or `X-API-Key: …`; undefined when neither is there. */
export function readCredential(headers: Readonly<Record<string, unknown>>): Credential | undefined {
  const header = headers.authorization
  if (typeof header === 'string' && header !== '') {
    const value = /^(?:bearer|token)\s+(\S+)\s*$/i.exec(header)?.[1]
    if (value === undefined) return { kind: 'key', value: '' }
    return { kind: jwt.test(value) ? 'jwt' : 'key', value }
  }
  const key = headers['x-api-key']
  return typeof key === 'string' && key !== '' ? { kind: 'key', value: key } : undefined
}

/**
 * Whether a request that changes something and rides on a cookie comes from our own pages. Every browser
 * that keeps our SameSite=Strict cookie sends Sec-Fetch-Site or Origin with it; what sends neither is a
 * program that was given the cookie.
 */
export function isOwnPage(
  headers: Readonly<Record<string, unknown>>,
  ownOrigins: readonly string[],
): boolean {
  const site = headers['sec-fetch-site']
  if (typeof site === 'string') return site === 'same-origin' || site === 'none'
  const origin = headers.origin
  return origin === undefined || ownOrigins.includes(String(origin))
}

/**
 * Whether a person may be at the page that asks. A page that nobody touches says so with `X-Unattended`, and
 * an open stream is no sign of anybody either.
 */
export function isAttended(headers: Readonly<Record<string, unknown>>): boolean {
  return headers['x-unattended'] === undefined && headers.accept !== 'text/event-stream'
}

/** Whether a session ended because nobody was there: for admins only, as they can change the most. */
export function isIdle(
  session: { role: PersonRole; created_at: string; last_seen_at: string | null },
  idleMinutes: number,
  now: number,
): boolean {
  const seen = Date.parse(session.last_seen_at ?? session.created_at)
  return session.role === 'admin' && now - seen >= idleMinutes * 60_000
}
