import { z } from 'zod'
import { emergencyTypes } from './call.ts'
import { isZone, optionalInstant, optionalNumber, optionalText, optionalWord } from './text.ts'

/** Days that one question may span. */
export const longestPeriod = 1_100
const dayMs = 86_400_000

/** Hours of the day from the first to before the second, such as 7-19, or 19-7 over midnight. */
const hours = /^(\d|1\d|2[0-3])-(\d|1\d|2[0-4])$/
const number = String.raw`-?\d{1,3}(?:\.\d{1,15})?`
const box = new RegExp(`^${number},${number},${number},${number}$`)

const period = {
  from: optionalInstant(),
  to: optionalInstant(),
  zone: optionalText(60),
  priority: optionalNumber(1, 4, true),
  emergency_type: optionalWord(emergencyTypes),
  station_id: optionalNumber(1, Number.MAX_SAFE_INTEGER, true),
  shift: optionalText(5),
  area: optionalText(90),
}

type Asked = { from?: string | undefined; to?: string | undefined; zone?: string | undefined } & {
  shift?: string | undefined
  area?: string | undefined
}

function checkPeriod(query: Asked, ctx: z.RefinementCtx<unknown>) {
  const fault = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
  const { from, to, zone, shift, area } = query
  if (!from) fault('from', 'This field is required.')
  if (!to) fault('to', 'This field is required.')
  const span = from && to ? Date.parse(to) - Date.parse(from) : 1
  if (span <= 0) fault('to', 'Must be after the beginning.')
  if (span > longestPeriod * dayMs) fault('to', `Must be within ${longestPeriod} days of the beginning.`)
  if (zone && !isZone(zone)) fault('zone', 'Must be the name of a time zone, such as Europe/Vienna.')
  if (shift && !hours.test(shift)) fault('shift', 'Must be hours of the day, such as 7-19.')
  if (area && !box.test(area)) fault('area', 'Must be south,west,north,east in degrees.')
}

/** A period in full: half open, from its beginning to before its end. */
type Checked<T> = T & { from: string; to: string }
const checked = <T extends Asked>(query: T) => query as Checked<T>

/**
 * What every figure may be asked for: incidents that were received in the period, calls that rang in it, and
 * the runs of those incidents. `shift` and days are local in `zone`, UTC where none is given.
 */
export const analyticsQuery = z.strictObject(period).superRefine(checkPeriod).transform(checked)
export type AnalyticsQuery = z.output<typeof analyticsQuery>

export const groupings = ['ALL', 'PRIORITY', 'EMERGENCY_TYPE', 'STATION', 'SHIFT', 'DAY'] as const
/** Hours of the day by which is grouped; what happens at one time is under one of each length. */
export const shifts = ['7-19', '19-7', '6-14', '14-22', '22-6'] as const
/** Units whose runs are measured; ambulances are those of the levels of care. */
export const unitKinds = ['ALL', 'AMBULANCES', 'OTHERS'] as const

export const intervalsQuery = z
  .strictObject({ ...period, by: optionalWord(groupings), units: optionalWord(unitKinds) })
  .superRefine(checkPeriod)
  .transform(checked)
export type IntervalsQuery = z.output<typeof intervalsQuery>

export const unitsQuery = z
  .strictObject({ ...period, units: optionalWord(unitKinds) })
  .superRefine(checkPeriod)
  .transform(checked)
export type UnitsQuery = z.output<typeof unitsQuery>
