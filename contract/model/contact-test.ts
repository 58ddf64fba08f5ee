import { z } from 'zod'
import { numberWithin } from './field.ts'
import { message } from './message.ts'
import { instant, optionalNumber, optionalText, rowId } from './text.ts'

/** When contacts are tested by themselves; never with null. Hours are in UTC. */
export const contactTestTimes = z
  .strictObject({
    every_days: numberWithin(1, 365, true).nullable(),
    hour_utc: numberWithin(0, 23, true),
  })
  .meta({ id: 'ContactTestTimes' })
export type ContactTestTimes = z.output<typeof contactTestTimes>

/** A test of how people are reached, and how many of its messages came where. */
export const contactTest = z
  .object({
    id: rowId,
    started_at: instant,
    /** Username; null when it began by itself. */
    started_by: z.string().nullable(),
    waiting: z.number().int(),
    delivered: z.number().int(),
    acknowledged: z.number().int(),
    failed: z.number().int(),
  })
  .meta({ id: 'ContactTest' })
export type ContactTest = z.output<typeof contactTest>

/** One person of a report. Without messages the person was off duty then, or has no address at all. */
export const contactTestRow = z
  .object({
    person_id: rowId,
    username: z.string(),
    role: z.string(),
    messages: z.array(
      message.pick({
        id: true,
        channel: true,
        state: true,
        delivered_at: true,
        acknowledged_at: true,
        fault: true,
      }),
    ),
  })
  .meta({ id: 'ContactTestRow' })
export type ContactTestRow = z.output<typeof contactTestRow>

export const contactTestQuery = z.strictObject({
  page_size: optionalNumber(1, 200, true).transform((size) => size ?? 50),
  cursor: optionalText(500),
})
