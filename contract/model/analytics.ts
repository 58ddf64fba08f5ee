import { z } from 'zod'
import { emergencyTypes } from './call.ts'
import { assignmentIntervalNames, incidentIntervalNames } from './intervals.ts'
import { instant, optionalInstant, optionalNumber, optionalText, optionalWord, rowId } from './text.ts'

/** Days that one question may span. */
export const longestPeriod = 1_100
const dayMs = 86_400_000

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

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

export const groupings = ['ALL', 'PRIORITY', 'EMERGENCY_TYPE', 'STATION', 'DAY'] as const
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

export const figureNames = [...incidentIntervalNames, ...assignmentIntervalNames] as const
export type FigureName = (typeof figureNames)[number]

/** Seconds, and the share that should be within them. */
export type Target = { seconds: number; share: number }

/**
 * Answer: NENA-STA-020.1; processing, turnout and travel: NFPA 1225 and 1710; total response: 8:59 for
 * priority 1.
 */
export const targets: Partial<Record<FigureName, Target>> = {
  answer: { seconds: 15, share: 0.9 },
  processing: { seconds: 60, share: 0.9 },
  turnout: { seconds: 60, share: 0.9 },
  travel: { seconds: 240, share: 0.9 },
  total_response: { seconds: 539, share: 0.9 },
  total_response_ambulance: { seconds: 539, share: 0.9 },
}

const share = z.number().min(0).max(1).nullable()
const count = z.number().int().min(0)
const seconds = z.number().nullable()

/** One interval over a group: whole seconds, rounded up; null without a value. */
export const figure = z
  .object({
    group: z.string(),
    name: z.enum(figureNames),
    n: count,
    /** Spans whose end is before their start. */
    excluded: count,
    p50: seconds,
    p90: seconds,
    /** Seconds; null where there is no target. */
    target: seconds,
    within: count.nullable(),
    share_within: share,
    /** What it is counted from, with the number of values counted so. */
    clock_starts: z.array(z.object({ start: z.string(), n: count })),
  })
  .meta({ id: 'IntervalFigure' })
export type Figure = z.output<typeof figure>

export const intervalFigures = z.object({ results: z.array(figure) }).meta({ id: 'IntervalFigures' })

const summaryPeriod = z.object({
  from: instant,
  to: instant,
  calls: count,
  incidents: count,
  figures: z.array(figure),
  /** Calls that a person spoke with, of those that were answered. */
  share_person: share,
})
export const analyticsSummary = z
  .object({ now: summaryPeriod, previous: summaryPeriod })
  .meta({ id: 'AnalyticsSummary' })
export type AnalyticsSummary = z.output<typeof analyticsSummary>

export const volumes = z
  .object({
    zone: z.string(),
    days: z.array(z.object({ day: z.string(), calls: count, incidents: count })),
    /** Monday is 1. */
    hours: z.array(z.object({ weekday: z.number().int(), hour: z.number().int(), incidents: count })),
    mix: z.array(
      z.object({ emergency_type: z.enum(emergencyTypes), priority: z.number().int(), incidents: count }),
    ),
  })
  .meta({ id: 'AnalyticsVolumes' })
export type Volumes = z.output<typeof volumes>

export const unitWork = z
  .object({
    unit_id: rowId,
    unit_number: z.string(),
    runs: count,
    busy_s: z.number(),
    to_scene_s: z.number(),
    on_scene_s: z.number(),
    transport_s: z.number(),
    at_hospital_s: z.number(),
    /** Null where nothing tells when it was on duty. */
    staffed_s: seconds,
    uhu: z.number().nullable(),
  })
  .meta({ id: 'UnitWork' })
export const utilisation = z
  .object({
    units: z.array(unitWork),
    /** Runs that have no end, or an end before their beginning. */
    excluded: count,
    busy_mean: z.number(),
    busy_most: count,
    /** Of all units in use that were on duty, also those without a run. */
    staffed_s: seconds,
    uhu: z.number().nullable(),
    /** Null where nothing tells when units were on duty. */
    level_zero_s: seconds,
  })
  .meta({ id: 'AnalyticsUnits' })
export type Utilisation = z.output<typeof utilisation>

export const hospitalFigures = z
  .object({
    results: z.array(
      z.object({
        /** Null for arrivals that name no hospital, as in imported history. */
        hospital_id: rowId.nullable(),
        name: z.string().nullable(),
        arrivals: count,
        n: count,
        excluded: count,
        p50: seconds,
        p90: seconds,
        inbound: count,
        closed_s: z.number(),
        advisory_s: z.number(),
      }),
    ),
  })
  .meta({ id: 'AnalyticsHospitals' })
export type HospitalFigures = z.output<typeof hospitalFigures>

export const queueFigures = z
  .object({
    step_s: z.number().int(),
    results: z.array(z.object({ at: instant, mean: z.number(), most: count })),
  })
  .meta({ id: 'AnalyticsQueue' })
export type QueueFigures = z.output<typeof queueFigures>

export const aiFigures = z
  .object({
    calls: count,
    answered: count,
    /** Answered by the AI, with no person on the line at any time. */
    ai_alone: count,
    handed_over: count,
    person_alone: count,
    lost_contact: count,
    share_ai_alone: share,
    time_to_location: z.object({ n: count, p50: seconds, p90: seconds }),
    fields: z.array(z.object({ field: z.string(), confirmed: count, corrected: count })),
  })
  .meta({ id: 'AnalyticsAi' })
export type AiFigures = z.output<typeof aiFigures>
