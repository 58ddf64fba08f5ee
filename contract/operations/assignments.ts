import { z } from 'zod'
import { assignment, assignmentStatuses, milestoneNames, warnedAssignment } from '../model/assignment.ts'
import { optionalId, requiredId } from '../model/dispatch.ts'
import { pageOf } from '../model/field.ts'
import { incident } from '../model/incident.ts'
import { assignmentIntervals } from '../model/intervals.ts'
import {
  optionalFlag,
  optionalInstant,
  optionalNumber,
  optionalText,
  optionalWord,
  requiredText,
} from '../model/text.ts'
import { operation } from '../operation.ts'
import { boardReaders, dispatchers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const oneAssignment = z.object({ id: requiredId() })
const rowFilter = () => optionalNumber(1, Number.MAX_SAFE_INTEGER, true)
const orderings = ['-assigned_at', 'assigned_at'] as const

export const assignmentQuery = z.strictObject({
  status: optionalWord(assignmentStatuses),
  /** Whether the unit is bound by it. */
  live: optionalFlag(),
  incident_id: rowFilter(),
  unit_id: rowFilter(),
  paramedic_id: rowFilter(),
  hospital_id: rowFilter(),
  dispatcher_id: rowFilter(),
  assigned_after: optionalInstant(),
  assigned_before: optionalInstant(),
  search: optionalText(100),
  ordering: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(orderings, { error: `Must be one of ${orderings.join(', ')}.` }).default('-assigned_at'),
  ),
  page_size: optionalNumber(1, 200, true).transform((size) => size ?? 50),
  cursor: optionalText(500),
})
export type AssignmentQuery = z.output<typeof assignmentQuery>

export const listAssignments = operation({
  method: 'GET',
  path: '/api/assignments/',
  group: 'Dispatch',
  summary: 'List assignments, newest first',
  description:
    'Pages by opaque cursor: follow `next`. `count` is exact to 10,000, above that an estimate. ' +
    'assigned_after and assigned_before look at what was stamped, not at corrections. `search` looks into ' +
    'the numbers of unit and incident and the reason.',
  who: boardReaders,
  query: assignmentQuery,
  replies: { 200: pageOf(assignment) },
  refusals: way,
})

export const readAssignment = operation({
  method: 'GET',
  path: '/api/assignments/{id}/',
  group: 'Dispatch',
  summary: 'Read one assignment with its intervals',
  description:
    'Seconds from the milestones as they count, with their corrections. A missing end is null, never zero; ' +
    'a span whose end is before its start is null and named in `excluded`.',
  who: boardReaders,
  params: oneAssignment,
  replies: { 200: assignment.extend({ intervals: assignmentIntervals }).meta({ id: 'AssignmentInFull' }) },
  refusals: [...way, 'not_found'],
})

/** What a crew needs to know of the emergency; nothing of the caller. */
const crewIncident = incident
  .pick({
    id: true,
    incident_number: true,
    status: true,
    priority: true,
    emergency_type: true,
    location: true,
    latitude: true,
    longitude: true,
    notes: true,
  })
  .meta({ id: 'CrewIncident' })
const ownAssignment = assignment.extend({ incident: crewIncident }).meta({ id: 'OwnAssignment' })
export type OwnAssignment = z.output<typeof ownAssignment>

export const readOwnAssignment = operation({
  method: 'GET',
  path: '/api/assignments/mine/',
  group: 'Dispatch',
  summary: 'Read what a crew is sent to now',
  description:
    'The live assignment that the paramedic leads, otherwise that of the unit whose crew they are in; null ' +
    'for none.',
  who: ['paramedic'],
  own: ['paramedic'],
  replies: { 200: z.object({ assignment: ownAssignment.nullable() }) },
  refusals: way,
})

const milestone = z.preprocess(
  (value) => value ?? undefined,
  z.enum(milestoneNames, { error: `Must be one of ${milestoneNames.join(', ')}.` }).optional(),
)

export const assignmentCorrection = z
  .strictObject({
    milestone,
    at: optionalInstant(),
    hospital_id: optionalId(),
    reason: requiredText(500),
    override_reason: optionalText(500),
  })
  .refine(({ milestone, at }) => milestone !== undefined || at === undefined, {
    error: 'Say which milestone was at that time.',
    path: ['milestone'],
  })
  .refine(({ milestone, at }) => milestone === undefined || at !== undefined, {
    error: 'Say when the milestone was.',
    path: ['at'],
  })
  .refine(({ milestone, at, hospital_id }) => milestone ?? at ?? hospital_id, {
    error: 'Say what to correct: a milestone or hospital_id.',
    path: ['milestone'],
  })
  .meta({ id: 'AssignmentCorrection' })
export type AssignmentCorrection = z.output<typeof assignmentCorrection>

export const correctAssignment = operation({
  method: 'POST',
  path: '/api/assignments/{id}/correct/',
  group: 'Dispatch',
  summary: 'Correct a milestone or the hospital of an assignment',
  description:
    'What was stamped stays; the correction is kept beside it, and the latest of each milestone counts. It ' +
    'may say when a skipped milestone was, and never changes the status. Ended assignments may be ' +
    'corrected too. No time reaches into the assignment before or after it, of the unit or of who leads ' +
    'the crew. Another hospital for a unit on its way is judged as in a step: override_reason is for ' +
    'supervisors.',
  who: dispatchers,
  params: oneAssignment,
  body: assignmentCorrection,
  replies: { 200: warnedAssignment },
  refusals: [...way, 'body_too_large', 'unsupported_media_type', 'not_found', 'hospital_closed'],
})
