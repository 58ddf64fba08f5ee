import { z } from 'zod'
import { requiredId } from '../model/dispatch.ts'
import { oneRow } from '../model/field.ts'
import { closure, closureSetting, driveRoute, driveTimesShown } from '../model/streets.ts'
import { operation } from '../operation.ts'
import { boardReaders, dispatchers, measurers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const closures = { path: '/api/closures/', group: 'Dispatch' } as const

export const readRoute = operation({
  method: 'GET',
  path: '/api/incidents/{id}/route/',
  group: 'Dispatch',
  summary: 'The way of a unit to an incident',
  description:
    'From where the unit is now, with closures. `source` tells what it is made of; `crow` is the straight ' +
    'line, and its seconds are estimated. No turn restrictions. A crew reaches its own way only.',
  who: [...dispatchers, 'paramedic'],
  own: ['paramedic'],
  params: oneRow,
  query: z.object({ unit_id: requiredId() }),
  replies: { 200: driveRoute },
  refusals: [...way, 'not_found', 'no_position'],
})

export const listClosures = operation({
  ...closures,
  method: 'GET',
  summary: 'Streets that are closed now',
  description: 'The newest first; no more than 500 hold at once.',
  who: boardReaders,
  replies: { 200: z.object({ results: z.array(closure) }) },
  refusals: way,
})

export const setClosure = operation({
  ...closures,
  method: 'POST',
  summary: 'Close a stretch of street',
  description:
    'The street nearest to a point, within 500 m, or a piece of street by its id, from junction to ' +
    'junction. ' +
    'Units are not sent through it from the next recommendation on, on every process within a second; a ' +
    'drive may still begin or end on it, on its side of the point.',
  who: dispatchers,
  body: closureSetting,
  replies: { 201: closure },
  refusals: [...way, 'body_too_large', 'unsupported_media_type', 'no_streets', 'too_many_closures'],
})

export const liftClosure = operation({
  ...closures,
  path: '/api/closures/{id}/',
  method: 'DELETE',
  summary: 'Open a closed stretch of street again',
  who: dispatchers,
  params: oneRow,
  replies: { 200: closure },
  refusals: [...way, 'not_found'],
})

export const readDriveTimes = operation({
  method: 'GET',
  path: '/api/drive-times/',
  group: 'System',
  summary: 'Where drive times come from, and how good they have been',
  who: measurers,
  replies: { 200: driveTimesShown },
  refusals: way,
})
