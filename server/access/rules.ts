import { passwordLength, passwordLengthFault } from '@toneout/contract/model/people.ts'

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
 * Whether a request that changes something and rides on a cookie comes from our own pages. Browsers send
 * Sec-Fetch-Site or Origin with it; programs without a cookie never come here.
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

/** What is wrong with a new password; undefined when it may be used. */
export function judgePassword(password: string): string | undefined {
  const { min, max } = passwordLength
  return password.length < min || password.length > max ? passwordLengthFault : undefined
}
