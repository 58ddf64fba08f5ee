import { z } from 'zod'
import {
  callChanges,
  callFacets,
  callsChanged,
  chosenColumns,
  savedView,
  viewSaving,
} from '../model/call-list.ts'
import { oneRow } from '../model/field.ts'
import { instant, readInstant } from '../model/text.ts'
import { operation } from '../operation.ts'
import { dispatchers } from '../roles.ts'
import { callFilters } from './calls.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
/** People who work with lists on a screen. */
const lookers = [...dispatchers, 'admin', 'analyst'] as const

const since = z.preprocess(
  (value) =>
    typeof value === 'string' && value !== '' ? value.split(',').map((at) => readInstant(at) ?? at) : [],
  z
    .array(
      instant.refine(
        (at) => readInstant(at) !== undefined,
        'Must be ISO 8601 instants with commas between them.',
      ),
    )
    .max(4, 'Must be at most 4 instants.')
    .meta({ description: 'ISO 8601 instants with commas between them; 4 at most.' }),
)

export const countFacets = operation({
  method: 'GET',
  path: '/api/call-facets/',
  group: 'Calls',
  summary: 'Count calls by what they could be filtered by',
  description:
    'Takes the filters of the list of calls. Each group is counted with all filters but its own. Above ' +
    '100,000 calls the newest of them are counted and `exact` is false. `received_since` counts calls ' +
    'since up to four instants, whatever days the filters ask for.',
  who: [...lookers, 'reader'],
  query: z.strictObject({ ...callFilters, received_since: since }),
  replies: { 200: callFacets },
  refusals: way,
})

export const changeCalls = operation({
  method: 'POST',
  path: '/api/call-changes/',
  group: 'Calls',
  summary: 'Review, tag or set the status of several calls',
  description:
    'Each call by the rules of one: those that are refused are named with the reason, the others are ' +
    'changed. A change is a fact of each call.',
  who: [...dispatchers, 'admin'],
  body: callChanges,
  replies: { 200: callsChanged },
  refusals: [...way, ...body],
})

const history = z.array(
  z.object({ id: z.number().int(), at: instant, by: z.string(), type: z.string(), words: z.string() }),
)

export const readCallHistory = operation({
  method: 'GET',
  path: '/api/calls/{call_sid}/history/',
  group: 'Calls',
  summary: 'Read who did what with a call, newest first',
  description: 'The last 200 facts of the call in words; utterances are left out, they are the transcript.',
  who: [...dispatchers, 'admin'],
  params: z.object({ call_sid: z.string() }),
  replies: { 200: z.object({ results: history, more: z.boolean() }) },
  refusals: [...way, 'not_found'],
})

const views = '/api/call-views/'

export const listViews = operation({
  method: 'GET',
  path: views,
  group: 'Calls',
  summary: 'List the saved views of the list of calls',
  description: 'The own ones and up to 50 that others share, by name.',
  who: lookers,
  replies: { 200: z.object({ results: z.array(savedView) }) },
  refusals: way,
})

export const saveView = operation({
  method: 'POST',
  path: views,
  group: 'Calls',
  summary: 'Save a view of the list of calls',
  description: 'The same name again replaces the own view of that name. 50 at most for each person.',
  who: lookers,
  body: viewSaving,
  replies: { 201: savedView },
  refusals: [...way, ...body],
})

export const removeView = operation({
  method: 'DELETE',
  path: `${views}{id}/`,
  group: 'Calls',
  summary: 'Remove an own view',
  who: lookers,
  own: lookers,
  params: oneRow,
  replies: { 204: null },
  refusals: [...way, 'not_found'],
})

const columns = '/api/call-columns/'

export const readColumns = operation({
  method: 'GET',
  path: columns,
  group: 'Calls',
  summary: 'Read which columns of the list of calls one wants to see',
  who: lookers,
  replies: { 200: chosenColumns },
  refusals: way,
})

export const chooseColumns = operation({
  method: 'PUT',
  path: columns,
  group: 'Calls',
  summary: 'Choose the columns of the list of calls, for oneself',
  description: 'An empty list gives those of everybody.',
  who: lookers,
  body: chosenColumns,
  replies: { 200: chosenColumns },
  refusals: [...way, ...body],
})
