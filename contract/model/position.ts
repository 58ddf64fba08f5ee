import { z } from 'zod'
import { nameText, place, rowNumber } from './field.ts'
import { instant, optionalInstant, rowId } from './text.ts'

/** Body of POST /api/units/{id}/position/: where the unit was, and when by the device's clock (now). */
export const unitPosition = z.strictObject({ ...place, at: optionalInstant() }).meta({ id: 'UnitPosition' })
export type UnitPosition = z.output<typeof unitPosition>

/** Positions in one batch at most. */
export const positionsLimit = 500

const reported = z
  .strictObject({
    id: rowNumber().optional(),
    unit_number: nameText(10).optional(),
    ...place,
    at: optionalInstant(),
  })
  .refine(({ id, unit_number }) => (id === undefined) !== (unit_number === undefined), {
    path: ['id'],
    error: 'Give either id or unit_number.',
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
export type ReportedPosition = z.output<typeof reported>

const list = z
  .array(reported, {
    error: (issue) =>
      issue.input === undefined ? 'This field is required.' : 'Must be a list of positions.',
  })
  .min(1, 'Must not be empty.')
  .max(positionsLimit, `Must be at most ${positionsLimit} positions.`)

/** Faults of one entry among many say which: the name of the field alone would not help. */
function sayWhich(issue: z.core.$ZodIssue): string[] {
  const [at, name] = issue.path
  if (at === undefined) return [issue.message]
  const named = issue.code === 'unrecognized_keys' ? issue.keys : undefined
  if (named) return named.map((key) => `[${String(at)}].${key}: Unknown field.`)
  return name === undefined
    ? [`[${String(at)}]: Must be a JSON object.`]
    : [`[${String(at)}].${String(name)}: ${issue.message}`]
}

const positions = z.preprocess((value, ctx) => {
  const { error } = list.safeParse(value)
  for (const message of error?.issues.flatMap(sayWhich) ?? []) ctx.addIssue({ code: 'custom', message })
  return value
}, list)

/** Body of POST /api/positions/. */
export const positionBatch = z.strictObject({ positions }).meta({ id: 'PositionBatch' })
export type PositionBatch = z.output<typeof positionBatch>

/** Where a unit is as far as is known. */
export const knownPosition = z
  .object({
    id: rowId,
    unit_number: z.string(),
    latitude: z.number(),
    longitude: z.number(),
    position_at: instant,
  })
  .meta({ id: 'KnownPosition' })
export type KnownPosition = z.output<typeof knownPosition>

const named = z.object({ id: rowId.nullable(), unit_number: z.string().nullable() })

/** What became of a batch. */
export const positionsTaken = z
  .object({
    /** Units whose position is now another. */
    written: z.number().int(),
    /** Positions older than the stored one, or than another one of the batch. */
    outdated: z.number().int(),
    /** Units there are none of, as they were named. */
    unknown: z.array(named),
    /** Units whose clock is fast: their positions were not written. */
    in_future: z.array(named),
  })
  .meta({ id: 'PositionsTaken' })
export type PositionsTaken = z.output<typeof positionsTaken>
