import { z } from 'zod'
import { assignment, type StepName, steps, warnedAssignment } from '../model/assignment.ts'
import { idList, optionalId, requiredId, seedReply } from '../model/dispatch.ts'
import { incident } from '../model/incident.ts'
import { optionalInstant, optionalText, requiredText } from '../model/text.ts'
import { operation } from '../operation.ts'
import { dispatchers } from '../roles.ts'
import { idempotencyHeader } from './calls.ts'

const way = ['invalid', 'not_authenticated', 'forbidden', 'not_found'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
const refusals = [
  ...way,
  ...body,
  'unit_busy',
  'unit_unsuitable',
  'incident_not_open',
  'paramedic_unavailable',
  'licence_expired',
  'hospital_closed',
] as const

const seed = {
  method: 'POST',
  group: 'Dispatch',
  summary: 'Send one ambulance to an incident',
  description:
    'emergency_call_id is the id of an incident, not of a call: send the `incident_id` of the call. ' +
    'emergency_id is read as emergency_call_id. In the reply emergency_call is the incident, its call_id ' +
    "the incident number, and its caller_phone the caller's number in full. Nothing is sent twice: who " +
    'comes too late gets 409.',
  who: dispatchers,
  forbidden: 'Only dispatchers can dispatch ambulances',
  body: z.preprocess(
    (value) => {
      const given =
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
      if (!given || !('emergency_id' in given)) return value
      const { emergency_id, ...rest } = given
      return { emergency_call_id: emergency_id, ...rest }
    },
    z
      .strictObject({
        emergency_call_id: requiredId().meta({
          description: 'Id of the incident, which a call has as `incident_id`; not the id of the call.',
        }),
        ambulance_id: requiredId(),
        paramedic_id: optionalId(),
        hospital_id: optionalId(),
      })
      .meta({ id: 'AmbulanceOrder' }),
  ),
  replies: { 200: seedReply },
  refusals,
} as const

export const dispatchAmbulance = operation({ ...seed, path: '/api/dispatch/' })

/** The path of the program this one replaces. */
export const dispatchAmbulanceAlias = operation({ ...seed, path: '/dispatch/api/dispatch/' })

const byId = z.object({ id: requiredId() })

export const dispatchUnits = operation({
  method: 'POST',
  path: '/api/incidents/{id}/assignments/',
  group: 'Dispatch',
  summary: 'Send one or several units to an incident, all or none',
  description:
    'The same order_id again gives the first reply. paramedic_ids names who leads each crew, in order of ' +
    'unit_ids. override_reason is for supervisors: it sends a unit although it is too weak, a paramedic is ' +
    'not on duty, a licence has expired or the hospital is closed, and is noted on the timeline.',
  who: dispatchers,
  params: byId,
  body: z
    .strictObject({
      order_id: requiredText(100),
      unit_ids: idList(1, 20),
      paramedic_ids: z.array(requiredId().nullable()).max(20, 'Must name at most 20.').optional(),
      hospital_id: optionalId(),
      plan_version: optionalText(2_000),
      override_reason: optionalText(500),
    })
    .meta({ id: 'DispatchOrder' }),
  replies: { 200: z.object({ incident, assignments: z.array(assignment), warnings: z.array(z.string()) }) },
  refusals: [...refusals, 'order_id_reused', 'plan_changed'],
})

export const divertUnit = operation({
  method: 'POST',
  path: '/api/assignments/{id}/divert/',
  group: 'Dispatch',
  summary: 'Send a bound unit to a graver incident',
  description:
    'Its assignment ends and the next begins in one transaction. Not with a patient on board. ' +
    'override_reason is for supervisors: it sends the unit although it is too weak.',
  who: dispatchers,
  params: byId,
  body: z
    .strictObject({
      incident_id: requiredId(),
      reason: requiredText(500),
      override_reason: optionalText(500),
    })
    .meta({ id: 'Diversion' }),
  replies: { 200: z.object({ diverted: assignment, assignment }) },
  refusals: [
    ...way,
    ...body,
    'assignment_moved_on',
    'incident_not_open',
    'incident_not_graver',
    'unit_unsuitable',
  ],
})

const stepNames = Object.keys(steps) as [StepName, ...StepName[]]

export const stepAssignment = operation({
  method: 'POST',
  path: '/api/assignments/{id}/{step}/',
  group: 'Dispatch',
  summary: 'Report a step of an assignment',
  description:
    'Each milestone is stamped once; the same step again changes nothing, whatever its body or its ' +
    'Idempotency-Key, so a client may send it until it is answered. `at` is when it really happened, not ' +
    'in the future and not before the step before. transport needs a hospital, cancel and decline a ' +
    'reason. ' +
    'A crew reports the steps of its own assignment; it does not cancel but may decline before it is en ' +
    'route, and names a hospital with transport only. To leave for a closed hospital is refused, unless it ' +
    'closed after the unit had left (`at`), or was named while it was closed already; override_reason is ' +
    'for supervisors. A hospital that is full or closed all the same is told in `warnings`.',
  who: [...dispatchers, 'paramedic'],
  own: ['paramedic'],
  headers: idempotencyHeader,
  params: z.object({
    id: requiredId(),
    step: z.enum(stepNames, { error: `Must be one of ${stepNames.join(', ')}.` }),
  }),
  body: z
    .strictObject({
      at: optionalInstant(),
      hospital_id: optionalId(),
      reason: optionalText(500),
      override_reason: optionalText(500),
    })
    .optional()
    .meta({ id: 'AssignmentStep' }),
  replies: { 200: warnedAssignment },
  refusals: [...way, ...body, 'assignment_moved_on', 'hospital_closed'],
})
