import { postOutside } from './outside-request.ts'
import type { Outcome } from './rules-retry.ts'
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

/** Sends an event to a program of somebody else, signed; 410 ends it at once. */
export function sendWebhook(parcel: WebhookParcel, allowed: readonly string[]): Promise<Outcome> {
  const { key, event, url, secret, body, seconds, timeoutMs } = parcel
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Toneout',
    'toneout-event': event,
    'toneout-delivery': key,
    'toneout-signature': signBody(secret, seconds, body),
  }
  return postOutside({ url, headers, body, now: seconds * 1_000, timeoutMs }, allowed)
}
