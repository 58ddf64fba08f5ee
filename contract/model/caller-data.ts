import { z } from 'zod'
import { requiredText } from './text.ts'

/** Why a person looks at a caller's number, or holds a call back from erasure; kept on the timeline. */
export const reasonBody = z.strictObject({ reason: requiredText(500) }).meta({ id: 'Reason' })

/** What is kept from others until somebody with a reason asks for it. */
export const revealedCaller = z
  .object({ call_sid: z.string(), caller_number: z.string() })
  .meta({ id: 'RevealedCaller' })

export const legalHold = z
  .object({ call_sid: z.string(), legal_hold: z.string().nullable() })
  .meta({ id: 'LegalHold' })
export type LegalHold = z.output<typeof legalHold>
