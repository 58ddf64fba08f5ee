import { z } from 'zod'
import {
  instant,
  optionalFlag,
  optionalInstant,
  optionalNumber,
  optionalText,
  optionalWord,
  requiredText,
  rowId,
} from './text.ts'

export const emergencyTypes = [
  'MEDICAL',
  'POLICE',
  'FIRE',
  'TRAUMA',
  'CARDIAC',
  'STROKE',
  'RESPIRATORY',
  'OTHER',
] as const
export const priorityLevels = ['LOW', 'STANDARD', 'MEDIUM', 'HIGH', 'CRITICAL'] as const
export const callStatuses = [
  'PENDING',
  'ACTIVE',
  'IN_PROGRESS',
  'DISPATCHED',
  'ESCALATED',
  'COMPLETED',
  'CANCELLED',
] as const
export const answeredBy = ['AI', 'HUMAN', 'AI_THEN_HUMAN'] as const

export type EmergencyType = (typeof emergencyTypes)[number]
export type PriorityLevel = (typeof priorityLevels)[number]
export type CallStatus = (typeof callStatuses)[number]

const open = [...callStatuses] as const

/**
 * From a status to those that may follow it. An open call may take any status; a terminal one keeps its own.
 */
export const callTransitions: Readonly<Record<CallStatus, readonly CallStatus[]>> = {
  PENDING: open,
  ACTIVE: open,
  IN_PROGRESS: open,
  DISPATCHED: open,
  ESCALATED: open,
  COMPLETED: ['COMPLETED'],
  CANCELLED: ['CANCELLED'],
}

export const terminalStatuses = ['COMPLETED', 'CANCELLED'] as const satisfies readonly CallStatus[]

export function isTerminal(status: CallStatus): boolean {
  return status === 'COMPLETED' || status === 'CANCELLED'
}

/** Who at a desk took the call over, and when: the AI leaves it to them. */
export const handoff = z.object({ at: instant, by: z.string() }).meta({ id: 'Handoff' })

/** A phone call as the server shows it. */
export const call = z
  .object({
    id: rowId,
    call_sid: z.string(),
    caller_number: z.string(),
    location: z.string(),
    emergency_type: z.enum(emergencyTypes).nullable(),
    incident_number: z.string().nullable(),
    priority_level: z.enum(priorityLevels).nullable(),
    status: z.enum(callStatuses),
    created_at: instant,
    answered_at: instant.nullable(),
    completed_at: instant.nullable(),
    duration_seconds: z.number().int().nullable(),
    category: z.string(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    escalated_to_911: z.boolean(),
    units_dispatched: z.boolean(),
    incident_id: rowId.nullable(),
    language: z.string().nullable(),
    answered_by: z.enum(answeredBy).nullable(),
    lost_contact: z.boolean(),
    /** Null while the AI has the call, or nobody took it over. */
    handoff: handoff.nullable(),
  })
  .meta({ id: 'Call' })
export type Call = z.output<typeof call>

const facts = {
  caller_number: optionalText(100),
  location: optionalText(1_000),
  latitude: optionalNumber(-90, 90),
  longitude: optionalNumber(-180, 180),
  emergency_type: optionalWord(emergencyTypes, ['UNKNOWN']),
  category: optionalText(100),
  incident_number: optionalText(50),
  priority_level: optionalWord(priorityLevels, ['UNKNOWN']),
  status: optionalWord(callStatuses),
  answered_at: optionalInstant(),
  completed_at: optionalInstant(),
  duration_seconds: optionalNumber(0, 2_147_483_647, true),
  escalated_to_911: optionalFlag(),
  units_dispatched: optionalFlag(),
  language: optionalText(35),
  answered_by: optionalWord(answeredBy),
}

export const callSid = requiredText(100)

/** Body of POST /api/calls/. Unknown keys are ignored: the AI dispatcher evolves. */
export const callOpening = z
  .object({ call_sid: callSid, ...facts, caller_number: requiredText(100), created_at: optionalInstant() })
  .meta({ id: 'CallOpening' })
export type CallOpening = z.output<typeof callOpening>

/** Body of PUT and PATCH /api/calls/{call_sid}/: both partial. Blanks are left out by parsing. */
export const callChange = z.object({ call_sid: optionalText(100), ...facts }).meta({ id: 'CallChange' })
export type CallChange = z.output<typeof callChange>
