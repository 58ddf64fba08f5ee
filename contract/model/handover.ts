import { z } from 'zod'
import { nameText, plainText } from './field.ts'
import { instant, optionalNumber, optionalText, rowId } from './text.ts'

/** What one shift leaves for the next. */
export const handover = z
  .object({
    id: rowId,
    text: z.string(),
    /** The desk it was written at; empty when not said. */
    desk: z.string(),
    written_at: instant,
    written_by: z.string(),
  })
  .meta({ id: 'Handover' })
export type Handover = z.output<typeof handover>

/** Characters that a desk's name has at most. */
export const longestDesk = 30

/** Body of POST /api/handovers/. */
export const handoverCreation = z
  .strictObject({ text: nameText(4_000), desk: plainText(longestDesk).default('') })
  .meta({ id: 'HandoverCreation' })
export type HandoverCreation = z.output<typeof handoverCreation>

export const handoverQuery = z.strictObject({
  search: optionalText(200),
  page_size: optionalNumber(1, 100, true).transform((size) => size ?? 20),
  cursor: optionalText(500),
})
export type HandoverQuery = z.output<typeof handoverQuery>
