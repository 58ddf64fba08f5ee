import { z } from 'zod'
import { emergencyTypes, priorityLevels } from './call.ts'
import { incidentStatuses } from './incident.ts'
import { instant, rowId } from './text.ts'
import { unitStatuses, unitTypes } from './unit.ts'

const error = (issue: { input?: unknown }) =>
  issue.input === undefined ? 'This field is required.' : 'Must be a whole number above 0.'

/** Digits are accepted as text too, as forms and paths carry them. */
const read = (value: unknown) =>
  typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value
const id = z.number({ error }).int({ error }).min(1, { error }).max(Number.MAX_SAFE_INTEGER, { error })

/** A row's number in a request; null and nothing are missing. */
export const requiredId = () => z.preprocess((value) => read(value ?? undefined), id)

/** The same where it may be left out or null. */
export const optionalId = () => z.preprocess((value) => read(value ?? undefined), id.optional())

/** Different numbers, from `least` to `most` of them. */
export const idList = (least: number, most: number) =>
  z
    .array(requiredId(), { error: 'Must be a list of whole numbers.' })
    .min(least, `Must name at least ${least}.`)
    .max(most, `Must name at most ${most}.`)
    .refine((ids) => new Set(ids).size === ids.length, 'Must not name one twice.')

const stamp = instant.nullable()

const incidentId = 'Id of the incident.'
const incidentNumber = 'Number of the incident, such as I-26-004217.'
const callerPhone =
  "The caller's number in full: clients that exist read it. Empty where no call belongs to the incident."

/** The reply of the dispatch endpoint that existing clients know; three keys. */
export const seedReply = z
  .object({
    message: z.string(),
    emergency_call: z.object({
      id: rowId.meta({ description: incidentId }),
      call_id: z.string().meta({ description: incidentNumber }),
      status: z.enum(incidentStatuses),
      priority: z.enum(priorityLevels),
      emergency_type: z.enum(emergencyTypes),
      caller_name: z.string(),
      caller_phone: z.string().meta({ description: callerPhone }),
      description: z.string(),
      location_address: z.string(),
      latitude: z.number().nullable(),
      longitude: z.number().nullable(),
      assigned_ambulance: rowId,
      assigned_ambulance_unit: z.string(),
      assigned_paramedic: rowId.nullable(),
      assigned_paramedic_name: z.string().nullable(),
      dispatcher: rowId.nullable(),
      dispatcher_name: z.string().nullable(),
      hospital_destination: z.string().nullable(),
      received_at: instant,
      dispatched_at: stamp,
      en_route_at: stamp,
      on_scene_at: stamp,
      transporting_at: stamp,
      at_hospital_at: stamp,
      closed_at: stamp,
    }),
    ambulance: z.object({
      id: rowId,
      unit_number: z.string(),
      unit_type: z.enum(unitTypes),
      status: z.enum(unitStatuses),
      current_emergency: rowId.meta({ description: incidentId }),
      current_emergency_id: z.string().meta({ description: incidentNumber }),
      assigned_paramedic: rowId.nullable(),
      current_latitude: z.number().nullable(),
      current_longitude: z.number().nullable(),
    }),
  })
  .meta({ id: 'AmbulanceDispatched' })
export type SeedReply = z.output<typeof seedReply>
