import { z } from 'zod'
import { plainText } from './field.ts'
import { instant, rowId } from './text.ts'

/** The public key of this server (VAPID, RFC 8292): a P-256 point, 65 bytes in base64url. */
export const pushKey = z.object({ public_key: z.string() }).meta({ id: 'PushKey' })

const isWebUrl = (text: string) => /^https?:$/.test(URL.parse(text)?.protocol ?? '')
/** Bytes in base64url with or without padding. */
const bytes = (count: number, what: string) =>
  plainText(200)
    .regex(/^[A-Za-z0-9_-]+={0,2}$/, `Must be ${what} in base64url.`)
    .transform((text) => text.replace(/=+$/, ''))
    .refine((text) => Math.floor((text.length * 3) / 4) === count, `Must be ${count} bytes in base64url.`)

/** Body of POST /api/push/subscriptions/: what a browser's PushSubscription is as JSON. */
export const pushSubscription = z
  .strictObject({
    endpoint: plainText(1_000).refine(isWebUrl, 'Must be a URL that begins with https://.'),
    /** Browsers write it, mostly null; the session ends the subscription before it. */
    expirationTime: z.number({ error: 'Must be a number or null.' }).nullable().optional(),
    keys: z.strictObject({ p256dh: bytes(65, 'a key'), auth: bytes(16, 'a secret') }, 'Must be the keys.'),
  })
  .meta({ id: 'PushSubscription' })
export type PushSubscription = z.output<typeof pushSubscription>

/** A phone that is told; where it is told at is not shown. */
export const keptPush = z.object({ id: rowId, created_at: instant }).meta({ id: 'KeptPush' })
export type KeptPush = z.output<typeof keptPush>
