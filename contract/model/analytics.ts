import { z } from 'zod'
import { emergencyTypes } from './call.ts'
import { assignmentIntervalNames, incidentIntervalNames } from './intervals.ts'
import { instant, rowId } from './text.ts'

export const figureNames = [...incidentIntervalNames, ...assignmentIntervalNames] as const
export type FigureName = (typeof figureNames)[number]

/** The share of values that should be within their target. */
export const targetShare = 0.9

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
    /** Seconds; null where there is none, or priorities with different ones are counted together. */
    target: seconds,
    /** Values whose priority has a target, and of these the ones within it. */
    with_target: count,
    within: count,
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
