import { z } from 'zod'
import { nameText, place } from './field.ts'
import { instant, optionalInstant, rowId } from './text.ts'

/** What told a drive time: roads of our own, a routing server beside, or the straight line. */
export const driveSources = ['graph', 'router', 'crow'] as const
export type DriveSource = (typeof driveSources)[number]

/** A stretch of street that units do not pass through. */
export const closure = z
  .object({
    id: rowId,
    latitude: z.number(),
    longitude: z.number(),
    /** The piece of street, as the source of the roads names it. */
    segment_id: z.string(),
    /** Name of the street; empty when it has none. */
    street: z.string(),
    reason: z.string(),
    /** When it ends by itself; null for when somebody lifts it. */
    until: instant.nullable(),
    set_at: instant,
    set_by: z.string(),
  })
  .meta({ id: 'Closure' })
export type Closure = z.output<typeof closure>

/** Body of POST /api/closures/: a point, whose nearest street is meant, or a piece of street by its name. */
export const closureSetting = z
  .strictObject({
    latitude: place.latitude.optional(),
    longitude: place.longitude.optional(),
    segment_id: nameText(200).optional(),
    reason: nameText(200),
    until: optionalInstant(),
  })
  .refine((body) => (body.latitude === undefined) === (body.longitude === undefined), {
    path: ['longitude'],
    error: 'Give latitude and longitude together.',
  })
  .refine((body) => (body.segment_id === undefined) !== (body.latitude === undefined), {
    path: ['segment_id'],
    error: 'Give either latitude and longitude or segment_id.',
  })
  .meta({ id: 'ClosureSetting' })
export type ClosureSetting = z.output<typeof closureSetting>

/** The way of a unit to an incident, as GeoJSON. */
export const driveRoute = z
  .object({
    unit_id: rowId,
    incident_id: rowId,
    /** [longitude, latitude] in degrees, from the unit to the incident; the straight line for `crow`. */
    geometry: z.object({
      type: z.literal('LineString'),
      coordinates: z.array(z.array(z.number())),
    }),
    seconds: z.number(),
    metres: z.number(),
    source: z.enum(driveSources),
    as_of: instant,
  })
  .meta({ id: 'DriveRoute' })
export type DriveRoute = z.output<typeof driveRoute>

/** A line fitted to drives of the past: actual = intercept_s + slope x expected. */
export const driveFit = z.object({
  source: z.enum(driveSources),
  priority: z.number().int(),
  intercept_s: z.number(),
  slope: z.number(),
  /** Drives there were, and those the line was fitted to, outliers being cut. */
  n: z.number().int(),
  kept: z.number().int(),
  /** Of |actual - fitted| of all n, in seconds. */
  error_s_p50: z.number(),
  error_s_p90: z.number(),
  /** The median of |actual - expected| without the fit. */
  error_before_s_p50: z.number(),
  fitted_at: instant,
})
export type DriveFitShown = z.output<typeof driveFit>

/** Where drive times come from now, and how good they have been. */
export const driveTimesShown = z
  .object({
    /** What is asked first. */
    source: z.enum(driveSources),
    graph: z
      .object({
        made_at: instant,
        loaded_at: instant,
        sources: z.array(z.string()),
        attribution: z.array(z.string()),
        segments: z.number().int(),
        nodes: z.number().int(),
        core_segments: z.number().int(),
        core_nodes: z.number().int(),
      })
      .nullable(),
    /** Why there are no roads although a file is there; null when nothing is wrong. */
    graph_problem: z.string().nullable(),
    /** Host of the routing server; null when none is set. */
    router: z.string().nullable(),
    closures: z.number().int(),
    /** What free drive times are multiplied by in each hour of the day, from midnight on. */
    drive_slowdowns: z.array(z.number()),
    fits: z.array(driveFit),
  })
  .meta({ id: 'DriveTimes' })
export type DriveTimesShown = z.output<typeof driveTimesShown>
