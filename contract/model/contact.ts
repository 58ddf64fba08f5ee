import { z } from 'zod'
import { plainText } from './field.ts'
import { channels, personChannels } from './message.ts'
import { lowerCase, rowId } from './text.ts'

export const languages = ['en', 'es'] as const
export type Language = (typeof languages)[number]

/** When somebody who is in no crew is on duty: while signed in, always as on call, or never. */
export const duties = ['SIGNED_IN', 'ALWAYS', 'NEVER'] as const
export type ContactDuty = (typeof duties)[number]

/** How a person is reached. */
export const contact = z
  .object({
    person_id: rowId,
    /** For SMS and voice calls, E.164; null for none. */
    phone: z.string().nullable(),
    email: z.string().nullable(),
    language: z.enum(languages),
    duty: z.enum(duties),
  })
  .meta({ id: 'Contact' })
export type Contact = z.output<typeof contact>

const upper = (value: unknown) => (typeof value === 'string' ? value.trim().toUpperCase() : value)

/** Body of PATCH /api/people/{id}/contact/; null erases, what is left out keeps its value. */
export const contactChange = z
  .strictObject({
    phone: plainText(20)
      .regex(/^\+[1-9]\d{6,14}$/, 'Must be a number in international form such as +15550100.')
      .nullable(),
    email: plainText(254)
      .regex(/^[^\s@<>",;:]+@[^\s@<>",;:]+\.[^\s@<>",;:]+$/, 'Must be an address such as a@example.org.')
      .nullable(),
    language: z.preprocess(
      lowerCase,
      z.enum(languages, { error: `Must be one of ${languages.join(', ')}.` }),
    ),
    duty: z.preprocess(upper, z.enum(duties, { error: `Must be one of ${duties.join(', ')}.` })),
  })
  .partial()
  .meta({ id: 'ContactChange' })
export type ContactChange = z.output<typeof contactChange>

/** Whether a channel can be used, and what it did in the last 24 hours. */
export const channelState = z
  .object({
    channel: z.enum(channels),
    /** Whether the environment has what it needs. */
    ready: z.boolean(),
    /** What is missing; empty when ready. */
    missing: z.array(z.string()),
    waiting: z.number().int(),
    delivered: z.number().int(),
    failed: z.number().int(),
  })
  .meta({ id: 'ChannelState' })
export type ChannelState = z.output<typeof channelState>

/** Body of POST /api/channels/test/: a message to oneself by that channel. */
export const channelTest = z
  .strictObject({
    channel: z.preprocess(
      upper,
      z.enum(personChannels, { error: `Must be one of ${personChannels.join(', ')}.` }),
    ),
  })
  .meta({ id: 'ChannelTest' })
