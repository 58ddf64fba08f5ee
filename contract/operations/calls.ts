import { z } from 'zod'
import {
  answeredBy,
  call,
  callChange,
  callOpening,
  callStatuses,
  emergencyTypes,
  priorityLevels,
} from '../model/call.ts'
import { callIds, listedCall, reviews } from '../model/call-list.ts'
import { pageOf } from '../model/field.ts'
import { interaction, interactionAddition, interactionRevision } from '../model/interaction.ts'
import { optionalFlag, optionalInstant, optionalNumber, optionalText, optionalWord } from '../model/text.ts'
import { operation } from '../operation.ts'
import { callReaders, callWriters, wordReaders } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
const oneCall = z.object({ call_sid: z.string() })

const callPath = '/api/calls/{call_sid}/'
const interactionsPath = '/api/calls/{call_sid}/interactions/'

export const openCall = operation({
  method: 'POST',
  path: '/api/calls/',
  group: 'Calls',
  summary: 'Open a call',
  description:
    'The same call_sid again answers 200 with the existing call, filled with facts that were still ' +
    "unknown. `incident_number` is the client's own word: the server keeps it and makes none. " +
    '`units_dispatched` is true once the client said so or a unit was sent to the incident of the call. ' +
    '`incident_id` is the incident the call belongs to here, null while there is none.',
  who: callWriters,
  body: callOpening,
  form: true,
  replies: { 201: call, 200: call },
  refusals: [...way, ...body],
})

export const orderings = [
  '-created_at',
  'created_at',
  'priority_level',
  '-priority_level',
  'completed_at',
  '-completed_at',
  'relevance',
] as const

export const callFilters = {
  ids: callIds,
  status: optionalWord(callStatuses),
  emergency_type: optionalWord(emergencyTypes),
  priority_level: optionalWord(priorityLevels),
  created_after: optionalInstant(),
  created_before: optionalInstant(),
  caller_number: optionalText(100),
  answered_by: optionalWord(answeredBy),
  lost_contact: optionalFlag(),
  open: optionalFlag(),
  over_target: optionalFlag(),
  review: optionalWord(reviews),
  tag: optionalText(40),
  incident_id: optionalNumber(1, Number.MAX_SAFE_INTEGER, true),
  search: optionalText(200),
}

export const callQuery = z.strictObject({
  ...callFilters,
  ordering: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(orderings, { error: `Must be one of ${orderings.join(', ')}.` }).default('-created_at'),
  ),
  page_size: optionalNumber(1, 200, true).transform((size) => size ?? 50),
  cursor: optionalText(500),
  more: optionalFlag(),
})
export type CallQuery = z.output<typeof callQuery>

export const listCalls = operation({
  method: 'GET',
  path: '/api/calls/',
  group: 'Calls',
  summary: 'List calls',
  description:
    'Pages by opaque cursor: follow `next`. `count` is exact to 10,000, above that an estimate. `search` ' +
    'looks for words that were said, the words of the location, a number and the number of an incident; of ' +
    'each kind the newest 1,000 within the days asked for. `relevance` orders what it finds: by number and ' +
    'place first, then by how much was said of it. `more` tells beside each call what was done about it, ' +
    'and what was said with the words in it. Numbers are masked for every role. `caller_number` finds a ' +
    'whole number with any spaces and signs in it; with and without its country code are two numbers. ' +
    '`search` finds one by 7 digits or more. Each ' +
    'number that is looked for is a fact, 30 a minute at most (600 for the AI dispatcher); the same one ' +
    'again within ten minutes is the same look-up. Analysts may give neither, readers no number in ' +
    'either: that would tell them of numbers.',
  who: callReaders,
  query: callQuery,
  replies: {
    200: pageOf(listedCall),
  },
  refusals: way,
})

export const readCall = operation({
  method: 'GET',
  path: callPath,
  group: 'Calls',
  summary: 'Read one call',
  description:
    "The caller's number is in full for an AI dispatcher whose credential opened the call or wrote to it, " +
    "and masked for everybody else. `incident_number` is the client's own word. `units_dispatched` is true " +
    'once the client said so or a unit was sent to the incident of the call; its assignments tell which.',
  who: callReaders,
  params: oneCall,
  replies: { 200: call },
  refusals: [...way, 'not_found'],
})

const change = {
  path: callPath,
  group: 'Calls',
  summary: 'Update a call',
  description: 'A partial body is fine; what is left out, null, "" or "undefined" keeps its value.',
  who: callWriters,
  params: oneCall,
  body: callChange,
  form: true,
  replies: { 200: call },
  refusals: [...way, ...body, 'not_found', 'call_ended'],
} as const

export const putCall = operation({ ...change, method: 'PUT' })

export const patchCall = operation({ ...change, method: 'PATCH' })

export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1, 'Must not be empty.')
    .max(200, 'Must be at most 200 characters.')
    .optional(),
})

export const addInteraction = operation({
  method: 'POST',
  path: interactionsPath,
  group: 'Calls',
  summary: 'Add an utterance',
  description:
    'Accepted after the call has ended too. The same Idempotency-Key within 24 h gives the first reply.',
  who: callWriters,
  params: oneCall,
  headers: idempotencyHeader,
  body: interactionAddition,
  form: true,
  replies: { 201: interaction },
  refusals: [...way, ...body, 'not_found', 'idempotency_key_reused'],
})

export const listInteractions = operation({
  method: 'GET',
  path: interactionsPath,
  group: 'Calls',
  summary: 'List the utterances of a call in order',
  description:
    'An array of at most `page_size`; when there are more, Link with rel="next" has the next page.',
  who: wordReaders,
  params: oneCall,
  query: z.strictObject({
    page_size: optionalNumber(1, 1_000, true).transform((size) => size ?? 1_000),
    cursor: optionalText(500),
  }),
  replies: { 200: z.array(interaction) },
  refusals: [...way, 'not_found'],
})

export const reviseInteraction = operation({
  method: 'PATCH',
  path: '/api/calls/{call_sid}/interactions/{id}/',
  group: 'Calls',
  summary: 'Replace the text of a non-final utterance',
  who: callWriters,
  params: z.object({
    call_sid: z.string(),
    id: z.coerce
      .string()
      .regex(/^\d{1,15}$/, 'Must be a whole number.')
      .transform(Number),
  }),
  body: interactionRevision,
  form: true,
  replies: { 200: interaction },
  refusals: [...way, ...body, 'not_found', 'interaction_final'],
})
