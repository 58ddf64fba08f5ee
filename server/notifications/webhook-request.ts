import { lookup as resolveName } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { faultOf } from './channel.ts'
import { type Outcome, readRetryAfter } from './rules-retry.ts'
import { isAllowed, isPublicAddress, refuseUrl } from './rules-webhook.ts'
import { signBody } from './signing.ts'

export type WebhookParcel = {
  key: string
  event: string
  url: string
  secret: string
  body: string
  /** Seconds since 1970. */
  seconds: number
  timeoutMs: number
}

class PrivateAddress extends Error {
  code = 'PRIVATE_ADDRESS'
}

/** Looks a name up and lets no private address through: a name that is public today may not be tomorrow. */
const publicLookup: LookupFunction = (host, options, done) => {
  resolveName(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, [])
    if (found.some(({ address }) => !isPublicAddress(address))) return done(new PrivateAddress(), [])
    if (options.all) return done(null, found)
    const [first] = found
    done(null, first?.address ?? '', first?.family)
  })
}

/**
 * Sends an event to a program of somebody else. Any 2xx is taken; a redirect is not followed, and nothing of
 * the answer's body is read.
 */
export function sendWebhook(parcel: WebhookParcel, allowed: readonly string[]): Promise<Outcome> {
  const { key, event, url, secret, body, seconds, timeoutMs } = parcel
  if (refuseUrl(url, allowed)) return Promise.resolve({ done: false, fault: 'PRIVATE_ADDRESS', final: true })
  const target = new URL(url)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Toneout',
    'toneout-event': event,
    'toneout-delivery': key,
    'toneout-signature': signBody(secret, seconds, body),
  }
  const send = target.protocol === 'https:' ? tlsRequest : plainRequest
  const lookup = isAllowed(target, allowed) ? undefined : publicLookup
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const request = send(target, { method: 'POST', headers, lookup, signal, agent: false })
    request.on('response', (reply) => {
      const { statusCode: status = 0 } = reply
      // What it says beside the status is of no use, however much it is.
      reply.destroy()
      if (status >= 200 && status < 300) return resolve({ done: true })
      const retryAfterMs = readRetryAfter(reply.headers['retry-after'], seconds * 1_000)
      resolve({ done: false, fault: `HTTP ${status}`, final: status === 410, retryAfterMs })
    })
    request.on('error', (error) =>
      resolve({ done: false, fault: signal.aborted ? 'no answer in time' : faultOf(error) }),
    )
    request.end(body)
  })
}
