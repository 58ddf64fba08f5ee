import { z } from 'zod'
import { warnedAssignment } from '../model/assignment.ts'
import * as model from '../model/crew.ts'
import { requiredId } from '../model/dispatch.ts'
import { oneRow } from '../model/field.ts'
import { operation } from '../operation.ts'
import { dispatchers } from '../roles.ts'

const way = ['not_authenticated', 'forbidden'] as const
const body = ['invalid', 'body_too_large', 'unsupported_media_type'] as const
const oneAssignment = z.object({ id: requiredId() })
const crew = { who: ['paramedic'], own: ['paramedic'] } as const

export const readCrewView = operation({
  ...crew,
  method: 'GET',
  path: '/api/crew/',
  group: 'Dispatch',
  summary: 'Read all that the phone of a crew shows',
  description:
    'The own unit, what it is sent to, who else is, and what callers said there while the assignment is ' +
    'live; never a number of a caller. The unit is that of the live assignment the paramedic leads, ' +
    'otherwise the one whose crew they are in.',
  replies: { 200: model.crewView },
  refusals: way,
})

export const streamCrew = operation({
  ...crew,
  method: 'GET',
  path: '/api/crew/stream/',
  group: 'Live',
  summary: 'Hear when what a crew sees has changed (server-sent events)',
  description:
    'Event `hello` first, then `changed` whenever something happened to the own unit or the incident it is ' +
    'on: read /api/crew/ again. There is nothing to replay, so nothing to resume from. A `heartbeat` comes ' +
    'every 5 s with the time.',
  replies: { 200: z.string() },
  media: 'text/event-stream',
  refusals: way,
})

export const listHospitalOptions = operation({
  ...crew,
  method: 'GET',
  path: '/api/crew/hospitals/',
  group: 'Dispatch',
  summary: 'List hospitals for the patient of the own crew, best first',
  description: 'At most 100; none while the crew is not sent to anything.',
  replies: { 200: model.hospitalOptions },
  refusals: way,
})

export const chooseHospital = operation({
  method: 'POST',
  path: '/api/assignments/{id}/hospital/',
  group: 'Dispatch',
  summary: 'Say where a unit takes its patient',
  description:
    'Until the handover. The same hospital again changes nothing. A crew chooses for its own assignment. ' +
    'A closed one is refused to dispatchers; a supervisor, and a crew that has spoken with it, gives the ' +
    'reason, which is a fact. A unit that is there already is not refused. A hospital that is full or ' +
    'closed all the same is told in `warnings`.',
  who: [...dispatchers, 'paramedic'],
  own: ['paramedic'],
  params: oneAssignment,
  body: model.hospitalChoice,
  replies: { 200: warnedAssignment },
  refusals: [...way, ...body, 'not_found', 'assignment_moved_on', 'hospital_closed'],
})

export const reportDelay = operation({
  ...crew,
  method: 'POST',
  path: '/api/assignments/{id}/delay/',
  group: 'Dispatch',
  summary: 'Tell the desks what holds the own crew up',
  description: 'The same press_id again writes nothing.',
  params: oneAssignment,
  body: model.delayNote,
  replies: { 204: null },
  refusals: [...way, ...body, 'not_found', 'assignment_moved_on'],
})

export const raiseDuress = operation({
  ...crew,
  method: 'POST',
  path: '/api/units/{id}/duress/',
  group: 'Fleet',
  summary: 'Call for help for the own crew',
  description:
    'An alarm stands until a desk clears it; while one stands, another press is the same alarm, and so is ' +
    'the same press_id ever after. `at` of the future counts as now: no clock refuses an alarm.',
  params: oneRow,
  body: model.duressPress,
  replies: { 200: model.duressAlarm },
  refusals: [...way, ...body, 'not_found'],
})

export const acknowledgeDuress = operation({
  method: 'POST',
  path: '/api/units/{id}/duress/acknowledge/',
  group: 'Fleet',
  summary: 'Say that a desk has seen the duress alarm of a unit',
  description:
    'Every desk and the crew hear of it; the alarm stands until it is cleared. Who is first is kept, and ' +
    'the same again changes nothing. 404 when none stands.',
  who: dispatchers,
  params: oneRow,
  replies: { 200: model.duressAlarm },
  refusals: [...way, 'invalid', 'not_found'],
})

export const clearDuress = operation({
  method: 'POST',
  path: '/api/units/{id}/duress/clear/',
  group: 'Fleet',
  summary: 'Clear the duress alarm of a unit, with the reason',
  description: 'The reply is the alarm as cleared; 404 when none stands.',
  who: dispatchers,
  params: oneRow,
  body: model.duressClearing,
  replies: { 200: model.duressAlarm },
  refusals: [...way, ...body, 'not_found'],
})

export const listDuress = operation({
  method: 'GET',
  path: '/api/duress/',
  group: 'Fleet',
  summary: 'List the duress alarms that stand, the oldest first',
  description: 'At most 200; a unit has one at most.',
  who: [...dispatchers, 'admin'],
  replies: { 200: z.object({ results: z.array(model.duressAlarm) }) },
  refusals: way,
})
