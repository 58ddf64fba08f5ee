import { z } from 'zod'
import {
  instant,
  optionalFlag,
  optionalInstant,
  optionalNumber,
  optionalText,
  requiredWord,
  rowId,
} from './text.ts'

export const speakers = ['CALLER', 'SYSTEM', 'DISPATCHER'] as const
export type Speaker = (typeof speakers)[number]

/**
 * One utterance in a call as the server shows it. `timestamp` is when it arrived, `spoken_at` when it was
 * said.
 */
export const interaction = z
  .object({
    id: rowId,
    call: rowId,
    call_sid: z.string(),
    sequence: z.number().int(),
    speaker: z.enum(speakers),
    message: z.string(),
    timestamp: instant,
    spoken_at: instant.nullable(),
    confidence: z.number().nullable(),
    language: z.string().nullable(),
    is_final: z.boolean(),
  })
  .meta({ id: 'Interaction' })
export type Interaction = z.output<typeof interaction>

const maxMessage = 20_000
const required = 'This field is required.'

/** A message is the caller's own words: kept as sent, the word "undefined" included. */
const message = z
  .string({ error: (issue) => (issue.input === undefined ? required : 'Must be text.') })
  .max(maxMessage, `Must be at most ${maxMessage} characters.`)

const details = {
  spoken_at: optionalInstant(),
  confidence: optionalNumber(0, 1),
  language: optionalText(35),
  is_final: optionalFlag(),
}

/** Zod skips refinements of the whole when a part is wrong, so the part looks at the whole text by itself. */
const emptyOnlyWhilePartial = (body: { message?: string; is_final?: boolean }) =>
  body.is_final === false || body.message === undefined || body.message.trim() !== ''

/** Body of POST …/interactions/. An empty message is allowed only while `is_final` is false. */
export const interactionAddition = z
  .object({
    speaker: requiredWord(speakers),
    message,
    sequence: optionalNumber(0, 2_147_483_647, true),
    ...details,
  })
  .refine(emptyOnlyWhilePartial, { path: ['message'], error: 'May be empty only when is_final is false.' })
  .meta({ id: 'InteractionAddition' })
export type InteractionAddition = z.output<typeof interactionAddition>

/** Body of PATCH …/interactions/{id}/: a better text for a partial one, or the word that it is final. */
export const interactionRevision = z
  .object({ message: message.optional(), ...details })
  .refine(emptyOnlyWhilePartial, { path: ['message'], error: 'May be empty only when is_final is false.' })
  .meta({ id: 'InteractionRevision' })
export type InteractionRevision = z.output<typeof interactionRevision>
