import { lookup as resolveName } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { faultOf } from './channel.ts'
import { type Outcome, readRetryAfter } from './rules-retry.ts'
import { isAllowed, isPublicAddress, refuseUrl } from './rules-webhook.ts'

export type OutsideRequest = {
  url: string
  headers: Readonly<Record<string, string | number>>
  body: string | Buffer
  /** Milliseconds since 1970, for a Retry-After that names a date. */
  now: number
  timeoutMs: number
}

/** A status with what it means, or why there was none. */
export type Answered = Outcome & { status?: number }

class PrivateAddress extends Error {
  code = 'PRIVATE_ADDRESS'
}

/**
 * Looks a name up once and lets no private address through; the connection goes to what was looked at, so a
 * name that changes its address between the look and the connection gains nothing.
 */
const publicLookup =
  (resolve: typeof resolveName): LookupFunction =>
  (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, [])
      if (found.some(({ address }) => !isPublicAddress(address))) return done(new PrivateAddress(), [])
      if (options.all) return done(null, found)
      const [first] = found
      done(null, first?.address ?? '', first?.family)
    })
  }

/**
 * Posts to an address that somebody else has named. Any 2xx is taken; a redirect is not followed, and nothing
 * of the answer's body is read. `allowed` are the hosts that may be private; `resolve` is node's lookup.
 */
export function postOutside(
  { url, headers, body, now, timeoutMs }: OutsideRequest,
  allowed: readonly string[],
  resolve: typeof resolveName = resolveName,
): Promise<Answered> {
  if (refuseUrl(url, allowed)) return Promise.resolve({ done: false, fault: 'PRIVATE_ADDRESS', final: true })
  const target = new URL(url)
  const send = target.protocol === 'https:' ? tlsRequest : plainRequest
  const lookup = isAllowed(target, allowed) ? undefined : publicLookup(resolve)
  return new Promise((settle) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const request = send(target, { method: 'POST', headers, lookup, signal, agent: false })
    request.on('response', (reply) => {
      const { statusCode: status = 0 } = reply
      // What it says beside the status is of no use, however much it is.
      reply.destroy()
      if (status >= 200 && status < 300) return settle({ done: true, status })
      const retryAfterMs = readRetryAfter(reply.headers['retry-after'], now)
      settle({ done: false, fault: `HTTP ${status}`, final: status === 410, retryAfterMs, status })
    })
    request.on('error', (error) =>
      settle({ done: false, fault: signal.aborted ? 'no answer in time' : faultOf(error) }),
    )
    request.end(body)
  })
}
