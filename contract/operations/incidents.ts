import { z } from 'zod'
import { assignment } from '../model/assignment.ts'
import { requiredId } from '../model/dispatch.ts'
import { dispositions, incident } from '../model/incident.ts'
import { incidentChange, incidentOpening } from '../model/incident-bodies.ts'
import { incidentIntervals } from '../model/intervals.ts'
import { optionalFlag, optionalText, requiredText, requiredWord } from '../model/text.ts'
import { operation } from '../operation.ts'
import { boardReaders, dispatchers } from '../roles.ts'
import { idempotencyHeader } from './calls.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
const oneIncident = z.object({ id: requiredId() })
const path = '/api/incidents/{id}/'
const incidentInFull = incident
  .extend({ assignments: z.array(assignment), intervals: incidentIntervals })
  .meta({ id: 'IncidentInFull' })

export const openIncident = operation({
  method: 'POST',
  path: '/api/incidents/',
  group: 'Incidents',
  summary: 'Raise an incident by hand',
  description:
    'priority 1 to 4, or priority_level as calls have it; 2 when neither is said. Ids and incident numbers ' +
    'leave gaps and do not follow the order of arrival; received_at does. The same Idempotency-Key of the ' +
    'same person within 24 h raises nothing and gives the first reply.',
  who: dispatchers,
  headers: idempotencyHeader,
  body: incidentOpening,
  replies: { 201: incident },
  refusals: [...way, ...body, 'not_found', 'idempotency_key_reused'],
})

export const readIncident = operation({
  method: 'GET',
  path,
  group: 'Incidents',
  summary: 'Read one incident with its assignments and intervals',
  who: boardReaders,
  params: oneIncident,
  replies: { 200: incidentInFull },
  refusals: [...way, 'not_found'],
})

export const changeIncident = operation({
  method: 'PATCH',
  path,
  group: 'Incidents',
  summary: 'Change type, priority, place or notes of an incident',
  description: 'The status follows from its units; close, cancel and reopen are operations of their own.',
  who: dispatchers,
  params: oneIncident,
  body: incidentChange,
  replies: { 200: incident },
  refusals: [...way, ...body, 'not_found', 'incident_not_open'],
})

const end = {
  method: 'POST',
  group: 'Incidents',
  description:
    'Frees all its units in the same transaction. A unit with a patient on board needs `force` and a reason.',
  who: dispatchers,
  params: oneIncident,
  body: z
    .strictObject({
      disposition: requiredWord(dispositions),
      force: optionalFlag(),
      reason: optionalText(500),
    })
    .meta({ id: 'IncidentEnd' }),
  replies: { 200: incident },
  refusals: [
    ...way,
    ...body,
    'not_found',
    'incident_not_open',
    'disposition_required',
    'patient_on_board',
    'reason_required',
  ],
} as const

export const closeIncident = operation({
  ...end,
  path: '/api/incidents/{id}/close/',
  summary: 'Close an incident',
})
export const cancelIncident = operation({
  ...end,
  path: '/api/incidents/{id}/cancel/',
  summary: 'Cancel an incident',
})

export const reopenIncident = operation({
  method: 'POST',
  path: '/api/incidents/{id}/reopen/',
  group: 'Incidents',
  summary: 'Open an ended incident again',
  who: ['supervisor'],
  params: oneIncident,
  body: z.strictObject({ reason: requiredText(500) }).meta({ id: 'IncidentReopening' }),
  replies: { 200: incident },
  refusals: [...way, ...body, 'not_found', 'incident_not_ended', 'incident_merged'],
})

const both = z.object({ from: incident, into: incident })
const merging = ['incident_merged', 'incident_not_open', 'incident_has_merged', 'merge_into_itself'] as const

export const mergeIncident = operation({
  method: 'POST',
  path: '/api/incidents/{id}/merge/',
  group: 'Incidents',
  summary: 'Merge an incident into the one it is the same as',
  description:
    'Its calls and live units go to the other, which takes the graver priority and the earlier ' +
    'received_at; split takes all that back, but not a priority that somebody set meanwhile.',
  who: dispatchers,
  params: oneIncident,
  body: z.strictObject({ into_id: requiredId() }).meta({ id: 'IncidentMerge' }),
  replies: { 200: both },
  refusals: [...way, ...body, 'not_found', ...merging],
})

export const splitIncident = operation({
  method: 'POST',
  path: '/api/incidents/{id}/split/',
  group: 'Incidents',
  summary: 'Undo the merge of an incident',
  who: dispatchers,
  params: oneIncident,
  replies: { 200: both },
  refusals: [...way, 'not_found', 'incident_not_merged'],
})
