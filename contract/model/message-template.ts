import { z } from 'zod'
import { languages } from './contact.ts'
import { plainText } from './field.ts'
import { notices, personChannels } from './message.ts'
import { lowerCase, optionalWord } from './text.ts'

/** What a template may hold in braces; empty where it is not known. Never a caller's number. */
export const templateFields = [
  ...['unit', 'incident', 'type', 'priority', 'place', 'hospital', 'diversion', 'eta_minutes', 'alarm'],
  'patient',
] as const

const upper = (value: unknown) => (typeof value === 'string' ? value.trim().toUpperCase() : value)
const oneOf = <const T extends readonly [string, ...string[]]>(
  words: T,
  read: (value: unknown) => unknown = upper,
) => z.preprocess(read, z.enum(words, { error: `Must be one of ${words.join(', ')}.` }))

const known: ReadonlySet<string> = new Set(templateFields.map((name) => `{${name}}`))
const withFields = (most: number) =>
  plainText(most).refine(
    (text) => (text.match(/\{[^{}]*\}?|\}/g) ?? []).every((part) => known.has(part)),
    `May hold in braces only ${templateFields.join(', ')}.`,
  )

/** The words of a centre for one event, by one channel, in one language, in place of the usual ones. */
export const messageTemplate = z
  .strictObject({
    event: oneOf(notices),
    channel: oneOf(personChannels),
    language: oneOf(languages, lowerCase),
    title: withFields(120).refine((text) => text.trim() !== '', 'Must have a title.'),
    text: withFields(500),
  })
  .meta({ id: 'MessageTemplate' })
export type MessageTemplate = z.output<typeof messageTemplate>

const nameOf = ({ event, channel, language }: MessageTemplate) => `${event} ${channel} ${language}`

export const messageTemplates = z
  .array(messageTemplate, { error: 'Must be a list of templates.' })
  .max(100, 'Must be at most 100.')
  .refine(
    (list) => new Set(list.map(nameOf)).size === list.length,
    'Must hold one for each event, channel and language.',
  )

/** What is previewed: words that are tried out, or without a title those in use. */
export const previewQuery = z.strictObject({
  event: optionalWord(notices).transform((event) => event ?? 'DISPATCHED'),
  channel: optionalWord(personChannels).transform((channel) => channel ?? 'SMS'),
  language: z.preprocess(lowerCase, z.enum(languages, { error: 'Must be en or es.' }).default('en')),
  title: withFields(120).optional(),
  text: withFields(500).optional(),
})

/** What somebody would be sent, about an invented incident. */
export const preview = z.object({ title: z.string(), text: z.string() }).meta({ id: 'MessagePreview' })
