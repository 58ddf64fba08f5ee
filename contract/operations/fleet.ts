import { oneRow, pageOf } from '../model/field.ts'
import { knownPosition, positionBatch, positionsTaken, unitPosition } from '../model/position.ts'
import { unit, unitChange, unitCreation, unitDuty, unitMove, unitQuery } from '../model/unit.ts'
import { operation } from '../operation.ts'
import { boardReaders, dispatchers, keepers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
const group = 'Fleet'
const onePath = '/api/units/{id}/'

export const listUnits = operation({
  method: 'GET',
  path: '/api/units/',
  group,
  summary: 'List units by their number',
  description: 'Those in use, or with `retired=true` those taken out of use. Follow `next` for more.',
  who: boardReaders,
  query: unitQuery,
  replies: { 200: pageOf(unit) },
  refusals: way,
})

export const createUnit = operation({
  method: 'POST',
  path: '/api/units/',
  group,
  summary: 'Add a unit',
  who: keepers,
  body: unitCreation,
  replies: { 201: unit },
  refusals: [...way, ...body, 'unit_number_taken'],
})

export const readUnit = operation({
  method: 'GET',
  path: onePath,
  group,
  summary: 'Read one unit',
  who: boardReaders,
  params: oneRow,
  replies: { 200: unit },
  refusals: [...way, 'not_found'],
})

export const patchUnit = operation({
  method: 'PATCH',
  path: onePath,
  group,
  summary: 'Change a unit',
  description: 'Its duty, its position and whether it is in use have paths of their own.',
  who: keepers,
  params: oneRow,
  body: unitChange,
  replies: { 200: unit },
  refusals: [...way, ...body, 'not_found', 'unit_number_taken'],
})

export const setUnitDuty = operation({
  method: 'POST',
  path: `${onePath}duty/`,
  group,
  summary: 'Set the duty of a free unit',
  description: 'While an assignment is live the status follows from it, and this is refused.',
  who: ['dispatcher', 'supervisor', 'admin'],
  params: oneRow,
  body: unitDuty,
  replies: { 200: unit },
  refusals: [...way, ...body, 'not_found', 'unit_busy', 'retired'],
})

export const moveUnit = operation({
  method: 'POST',
  path: `${onePath}move/`,
  group,
  summary: 'Move a unit up to a station, or note where it waits',
  description:
    'STATION covers another station until the unit is moved again, OWN_STATION ends that. POST and STAGING ' +
    'are notes on the timeline. Its status and its position do not change.',
  who: dispatchers,
  params: oneRow,
  body: unitMove,
  replies: { 200: unit },
  refusals: [...way, ...body, 'not_found', 'retired'],
})

export const retireUnit = operation({
  method: 'POST',
  path: `${onePath}retire/`,
  group,
  summary: 'Take a unit out of use for good',
  who: keepers,
  params: oneRow,
  replies: { 200: unit },
  refusals: [...way, 'not_found', 'in_use'],
})

export const restoreUnit = operation({
  method: 'POST',
  path: `${onePath}restore/`,
  group,
  summary: 'Take a retired unit into use again',
  who: keepers,
  params: oneRow,
  replies: { 200: unit },
  refusals: [...way, 'not_found', 'retired'],
})

const reporters = ['unit_gateway', 'dispatcher', 'supervisor'] as const

export const reportPosition = operation({
  method: 'POST',
  path: `${onePath}position/`,
  group,
  summary: 'Report where a unit is',
  description:
    'The reply is the position as stored: a newer one than the reported one stays. A crew reports for its ' +
    'own unit.',
  who: [...reporters, 'paramedic'],
  own: ['paramedic'],
  params: oneRow,
  body: unitPosition,
  replies: { 200: knownPosition },
  refusals: [...way, ...body, 'not_found'],
})

export const reportPositions = operation({
  method: 'POST',
  path: '/api/positions/',
  group,
  summary: 'Report where many units are',
  description: 'Unknown units and positions of the future are listed in the reply; the others are written.',
  who: reporters,
  body: positionBatch,
  replies: { 200: positionsTaken },
  refusals: [...way, ...body],
})
