import { z } from 'zod'
import { emergencyTypes } from './call.ts'
import { dispositions } from './incident.ts'
import { isZone } from './text.ts'
import { unitTypes } from './unit.ts'

const column = z.string().min(1).max(200)

/** What a column's values are called here. A value that is not listed is `otherwise`, or holds the row up. */
const valuesOf = <T extends z.ZodType>(ours: T) =>
  z.strictObject({
    column,
    values: z.record(z.string().max(200), ours).refine((all) => Object.keys(all).length <= 2_000),
    otherwise: ours.optional(),
  })
const always = <T extends z.ZodType>(ours: T) => z.strictObject({ always: ours })

const priority = z.int().min(1).max(4)

/** How a source writes instants; the words of `time_format` are those of most tables' own documentation. */
export const timeFormats = [
  'MM/DD/YYYY hh:mm:ss AM',
  'YYYY-MM-DD HH:mm:ss',
  'DD/MM/YYYY HH:mm:ss',
  'ISO 8601',
] as const

/**
 * Columns of a table of runs -> our fields. One row is one unit's run; rows of one incident have the same
 * incident key. A table that names no unit has one row for each incident.
 */
export const mapping = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Must be lower case letters, digits and dashes.'),
  zone: z.string().refine(isZone, 'Must be a time zone, such as America/Los_Angeles.'),
  time_format: z.enum(timeFormats),
  /** What tells rows of the source apart. */
  row_id: column,
  incident: z.strictObject({
    key: column,
    received_at: column,
    emergency_type: z.union([valuesOf(z.enum(emergencyTypes)), always(z.enum(emergencyTypes))]),
    priority: z.union([valuesOf(priority), always(priority)]),
    /** Texts that make the place together, in this order. */
    location: z.array(column).max(10),
    /** Degrees in two columns, or in one as "(latitude, longitude)" or "POINT (longitude latitude)". */
    position: z
      .union([z.strictObject({ latitude: column, longitude: column }), z.strictObject({ point: column })])
      .optional(),
    disposition: z.union([valuesOf(z.enum(dispositions)), always(z.enum(dispositions))]),
  }),
  unit: z
    .strictObject({
      number: column,
      type: z.union([valuesOf(z.enum(unitTypes)), always(z.enum(unitTypes))]),
    })
    .optional(),
  times: z.strictObject({
    assigned_at: column,
    acknowledged_at: column.optional(),
    en_route_at: column.optional(),
    on_scene_at: column.optional(),
    at_patient_at: column.optional(),
    transporting_at: column.optional(),
    at_hospital_at: column.optional(),
    handover_done_at: column.optional(),
    cleared_at: column.optional(),
  }),
})
export type Mapping = z.output<typeof mapping>

export const timeNames = Object.keys(mapping.shape.times.shape) as (keyof Mapping['times'])[]

/** Every column the mapping speaks of. */
export function columnsOf(one: Mapping): string[] {
  const { incident, unit } = one
  const { position } = incident
  const valued = [incident.emergency_type, incident.priority, incident.disposition, unit?.type]
  return [
    ...[one.row_id, incident.key, incident.received_at, ...incident.location],
    ...valued.flatMap((each) => (each && 'column' in each ? [each.column] : [])),
    ...(position ? ('point' in position ? [position.point] : [position.latitude, position.longitude]) : []),
    ...(unit ? [unit.number] : []),
    ...Object.values(one.times).filter((each) => each !== undefined),
  ]
}
