import { z } from 'zod'
import { numberWithin, plainText } from './field.ts'
import { instant } from './text.ts'

/** Below this confidence a finding is to be checked by a person. */
export const sureFrom = 0.8

/** What was understood from the words of a call: one field of it, with the words it was taken from. */
export const finding = z
  .object({
    field: z.string(),
    value: z.string(),
    /** From 0 to 1; null when not said. */
    confidence: z.number().nullable(),
    /** The caller's own words; empty when not said. */
    quote: z.string(),
    /** Sequence of the utterance with these words. */
    sequence: z.number().int().nullable(),
    told_at: instant,
    told_by: z.string(),
    /** When a person said that it is so, and who; null while nobody did. */
    confirmed_at: instant.nullable(),
    confirmed_by: z.string().nullable(),
  })
  .meta({ id: 'Finding' })
export type Finding = z.output<typeof finding>

const fieldName = z
  .string({ error: 'Must be text.' })
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'Must be 1 to 40 letters, digits and _, beginning with a letter.')

const told = z.strictObject({
  field: fieldName,
  value: plainText(500).min(1, 'Must not be empty.'),
  confidence: numberWithin(0, 1).nullish(),
  quote: plainText(500).nullish(),
  sequence: numberWithin(0, 2_147_483_647, true).nullish(),
})
export type ToldFinding = z.output<typeof told>

/** Fields of one call at most. */
export const mostFindings = 40

/** Body of POST /api/calls/{call_sid}/findings/; the last of two about the same field counts. */
export const findingsTold = z
  .strictObject({
    findings: z
      .array(told, { error: 'Must be a list of findings.' })
      .min(1, 'Must name at least 1 finding.')
      .max(mostFindings, `Must name at most ${mostFindings} findings.`),
  })
  .meta({ id: 'FindingsTold' })

/** Body of …/findings/{field}/confirm/; a value replaces what was understood. */
export const findingConfirmation = z
  .strictObject({ value: plainText(500).min(1, 'Must not be empty.').optional() })
  .optional()
  .meta({ id: 'FindingConfirmation' })
