import { z } from 'zod'
import { closedList, plainText } from './field.ts'
import { webhookEvents } from './message.ts'
import { instant, rowId } from './text.ts'

/** A program of somebody else that is told of events. Its secret is shown once, when it is made. */
export const webhook = z
  .object({
    id: rowId,
    url: z.string(),
    /** What it is told of. */
    events: z.array(z.enum(webhookEvents)),
    active: z.boolean(),
    /** When it was paused after failures in a row; null while it is not. */
    paused_at: instant.nullable(),
    /** Failed tries in a row. */
    failures: z.number().int(),
    created_at: instant,
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.output<typeof webhook>

/** The one time its secret is shown. */
export const newWebhook = webhook.extend({ secret: z.string() }).meta({ id: 'NewWebhook' })

const isWebUrl = (text: string) => /^https?:$/.test(URL.parse(text)?.protocol ?? '')
const hasNoLogin = (text: string) => {
  const url = URL.parse(text)
  return url === null || (url.username === '' && url.password === '')
}
const url = plainText(1_000)
  .refine(isWebUrl, 'Must be a URL that begins with https://.')
  .refine(hasNoLogin, 'Must not hold a username or a password.')
const events = closedList(webhookEvents).refine((list) => list.length > 0, 'Must name at least 1 event.')

/** Body of POST /api/webhooks/. */
export const webhookCreation = z.strictObject({ url, events }).meta({ id: 'WebhookCreation' })
export type WebhookCreation = z.output<typeof webhookCreation>

/** Body of PATCH /api/webhooks/{id}/; `paused: false` lets a paused one go on. */
export const webhookChange = z
  .strictObject({
    url,
    events,
    active: z.boolean({ error: 'Must be true or false.' }),
    paused: z.literal(false, { error: 'Must be false.' }),
  })
  .partial()
  .meta({ id: 'WebhookChange' })
export type WebhookChange = z.output<typeof webhookChange>
