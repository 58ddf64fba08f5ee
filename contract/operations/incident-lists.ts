import { z } from 'zod'
import { emergencyTypes } from '../model/call.ts'
import { requiredId } from '../model/dispatch.ts'
import { fact } from '../model/fact.ts'
import { pageOf } from '../model/field.ts'
import { duplicate, incident, incidentStatuses } from '../model/incident.ts'
import {
  optionalFlag,
  optionalInstant,
  optionalNumber,
  optionalText,
  optionalWord,
  optionalWords,
} from '../model/text.ts'
import { operation } from '../operation.ts'
import { boardReaders } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const oneIncident = z.object({ id: requiredId() })

export const incidentOrderings = ['-received_at', 'received_at', 'priority'] as const

export const incidentFilters = {
  status: optionalWords(incidentStatuses),
  open: optionalFlag(),
  priority: optionalNumber(1, 4, true),
  emergency_type: optionalWord(emergencyTypes),
  /** Whether it waits only for its disposition. */
  awaiting_close: optionalFlag(),
  received_after: optionalInstant(),
  received_before: optionalInstant(),
  search: optionalText(200),
}

export const incidentQuery = z.strictObject({
  ...incidentFilters,
  ordering: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z
      .enum(incidentOrderings, { error: `Must be one of ${incidentOrderings.join(', ')}.` })
      .default('-received_at'),
  ),
  page_size: optionalNumber(1, 200, true).transform((size) => size ?? 50),
  cursor: optionalText(500),
})
export type IncidentQuery = z.output<typeof incidentQuery>

export const listIncidents = operation({
  method: 'GET',
  path: '/api/incidents/',
  group: 'Incidents',
  summary: 'List incidents',
  description:
    'Pages by opaque cursor: follow `next`. `count` is exact to 10,000, above that an estimate. `status` ' +
    'takes one or several words with commas between them. `ordering=priority` gives the most urgent first, ' +
    'among equals the oldest. `search` looks into number, place and notes.',
  who: boardReaders,
  query: incidentQuery,
  replies: { 200: pageOf(incident) },
  refusals: way,
})

export const listDuplicates = operation({
  method: 'GET',
  path: '/api/incidents/{id}/duplicates/',
  group: 'Incidents',
  summary: 'Open incidents that may be the same emergency',
  description:
    'At most five: within 250 m, or with the same words for the place where a position is missing, within ' +
    '20 minutes, of the same family of types. Nothing is merged by itself.',
  who: boardReaders,
  params: oneIncident,
  replies: { 200: z.object({ results: z.array(duplicate) }) },
  refusals: [...way, 'not_found'],
})

/** A line of the timeline with what happened in one English sentence. */
export const toldFact = fact.extend({ words: z.string() }).meta({ id: 'ToldFact' })

export const readIncidentTimeline = operation({
  method: 'GET',
  path: '/api/incidents/{id}/timeline/',
  group: 'Incidents',
  summary: 'What happened to an incident and its calls, in order',
  description:
    '`words` says it for people, with the numbers of units and incidents; clock times in it are those of ' +
    'the place where the server is.',
  who: boardReaders,
  params: oneIncident,
  query: z.strictObject({
    page_size: optionalNumber(1, 500, true).transform((size) => size ?? 200),
    after: optionalNumber(0, Number.MAX_SAFE_INTEGER, true),
  }),
  replies: { 200: z.object({ results: z.array(toldFact), more: z.boolean() }) },
  refusals: [...way, 'not_found'],
})
