import { z } from 'zod'
import { type EmergencyType, emergencyTypes, type PriorityLevel } from './call.ts'
import { instant, rowId } from './text.ts'

export const incidentStatuses = [
  'RECEIVED',
  'DISPATCHED',
  'EN_ROUTE',
  'ON_SCENE',
  'TRANSPORTING',
  'AT_HOSPITAL',
  'CLOSED',
  'CANCELLED',
] as const
export type IncidentStatus = (typeof incidentStatuses)[number]

/** Rank of urgency: 1 is a threat to life, 4 routine. Label, colour and target of each are settings. */
export const priorities = [1, 2, 3, 4] as const
export type Priority = (typeof priorities)[number]

/** The rank of an incident from what the call said. */
export const priorityOf: Readonly<Record<PriorityLevel, Priority>> = {
  CRITICAL: 1,
  HIGH: 2,
  MEDIUM: 3,
  STANDARD: 4,
  LOW: 4,
}

/** How an incident ended; closing and cancelling need one. */
export const dispositions = [
  'TREATED_AND_TRANSPORTED',
  'TREATED_AND_RELEASED',
  'EVALUATED_ONLY',
  'REFUSED',
  'NO_PATIENT',
  'GONE_ON_ARRIVAL',
  'DEAD_AT_SCENE',
  'DUPLICATE',
  'CANCELLED_BEFORE_ARRIVAL',
  'FALSE_ALARM',
] as const
export type Disposition = (typeof dispositions)[number]

/** Types that may be the same emergency told by two callers. */
export const families: Readonly<Record<EmergencyType, 'MEDICAL' | 'FIRE' | 'POLICE' | 'OTHER'>> = {
  MEDICAL: 'MEDICAL',
  TRAUMA: 'MEDICAL',
  CARDIAC: 'MEDICAL',
  STROKE: 'MEDICAL',
  RESPIRATORY: 'MEDICAL',
  FIRE: 'FIRE',
  POLICE: 'POLICE',
  OTHER: 'OTHER',
}

/** Types whose calls raise an incident by themselves once the place is known; others wait for a person. */
export const raisedByThemselves: readonly EmergencyType[] = [
  'MEDICAL',
  'TRAUMA',
  'CARDIAC',
  'STROKE',
  'RESPIRATORY',
  'FIRE',
]

/** An emergency as the server shows it. */
export const incident = z
  .object({
    id: rowId,
    /** For people, such as I-26-004217. */
    incident_number: z.string(),
    status: z.enum(incidentStatuses),
    priority: z.number().int().min(1).max(4),
    emergency_type: z.enum(emergencyTypes),
    location: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    notes: z.string(),
    received_at: instant,
    closed_at: instant.nullable(),
    /** When it was last opened again after its end. */
    reopened_at: instant.nullable(),
    /** When its last unit was free again: since then it waits only for its disposition. Null while not so. */
    awaiting_close_since: instant.nullable(),
    disposition: z.enum(dispositions).nullable(),
    /** The incident this one was found to be the same as; null while it stands by itself. */
    merged_into: rowId.nullable(),
  })
  .meta({ id: 'Incident' })
export type Incident = z.output<typeof incident>

/** An open incident that may be the same emergency as another, and why. */
export const duplicate = incident
  .pick({
    id: true,
    incident_number: true,
    status: true,
    priority: true,
    emergency_type: true,
    location: true,
    latitude: true,
    longitude: true,
    received_at: true,
  })
  .extend({
    /** Null when the words for the place are what is equal. */
    metres: z.number().int().nullable(),
    minutes: z.number().int(),
    reason: z.string(),
  })
  .meta({ id: 'Duplicate' })
export type Duplicate = z.output<typeof duplicate>
