import { z } from 'zod'
import { crewMessage, messageSending, note, noteAddition } from '../model/desk-work.ts'
import { oneRow } from '../model/field.ts'
import { optionalNumber } from '../model/text.ts'
import { operation } from '../operation.ts'
import { boardReaders, dispatchers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden', 'not_found'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
const notes = '/api/incidents/{id}/notes/'

export const addNote = operation({
  method: 'POST',
  path: notes,
  group: 'Incidents',
  summary: 'Write a note about an incident',
  description: 'Also about one that has ended. The text stays off the timeline, which says who wrote when.',
  who: dispatchers,
  params: oneRow,
  body: noteAddition,
  replies: { 201: note },
  refusals: [...way, ...body],
})

export const listNotes = operation({
  method: 'GET',
  path: notes,
  group: 'Incidents',
  summary: 'List the notes about an incident, oldest first',
  who: boardReaders,
  params: oneRow,
  query: z.strictObject({
    page_size: optionalNumber(1, 500, true).transform((size) => size ?? 200),
    after: optionalNumber(0, Number.MAX_SAFE_INTEGER, true),
  }),
  replies: { 200: z.object({ results: z.array(note), more: z.boolean() }) },
  refusals: way,
})

const ofUnit = '/api/units/{id}/messages/'
const messages = z.object({ results: z.array(crewMessage) })

export const sendCrewMessage = operation({
  method: 'POST',
  path: ofUnit,
  group: 'Fleet',
  summary: 'Write to the crew of a unit',
  who: dispatchers,
  params: oneRow,
  body: messageSending,
  replies: { 201: crewMessage },
  refusals: [...way, ...body, 'retired'],
})

export const listCrewMessages = operation({
  method: 'GET',
  path: ofUnit,
  group: 'Fleet',
  summary: 'List the last 50 messages to the crew of a unit, newest first',
  who: dispatchers,
  params: oneRow,
  replies: { 200: messages },
  refusals: way,
})

export const listOwnCrewMessages = operation({
  method: 'GET',
  path: '/api/units/mine/messages/',
  group: 'Fleet',
  summary: 'List the last 50 messages to the own unit, newest first',
  description: 'Of the unit whose crew one is in or leads now; empty for none.',
  who: ['paramedic'],
  own: ['paramedic'],
  replies: { 200: messages },
  refusals: ['invalid', 'not_authenticated', 'forbidden'],
})

export const readCrewMessage = operation({
  method: 'POST',
  path: '/api/units/mine/messages/{id}/read/',
  group: 'Fleet',
  summary: 'Say that a message was read',
  description: 'The first to say so is kept; the same again changes nothing.',
  who: ['paramedic'],
  own: ['paramedic'],
  params: oneRow,
  replies: { 200: crewMessage },
  refusals: way,
})
