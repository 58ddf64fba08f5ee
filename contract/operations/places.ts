import { oneRow, pageOf } from '../model/field.ts'
import { hospitalChange, hospitalCreation, hospitalQuery, shownHospital } from '../model/hospital.ts'
import { ownHospital } from '../model/inbound-unit.ts'
import { station, stationChange, stationCreation, stationQuery } from '../model/station.ts'
import { operation } from '../operation.ts'
import { boardReaders, keepers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
const retired = 'Those in use, or with `retired=true` those taken out of use. Follow `next` for more.'

const hospitals = { path: '/api/hospitals/', group: 'Places' } as const
const oneHospital = { path: '/api/hospitals/{id}/', group: 'Places', params: oneRow } as const

export const listHospitals = operation({
  ...hospitals,
  method: 'GET',
  summary: 'List hospitals by name',
  description: `${retired} Crews look here for where to take a patient.`,
  who: [...boardReaders, 'paramedic'],
  query: hospitalQuery,
  replies: { 200: pageOf(shownHospital) },
  refusals: way,
})

export const createHospital = operation({
  ...hospitals,
  method: 'POST',
  summary: 'Add a hospital',
  who: keepers,
  body: hospitalCreation,
  replies: { 201: shownHospital },
  refusals: [...way, ...body, 'name_taken'],
})

export const readOwnHospital = operation({
  ...hospitals,
  path: '/api/hospitals/mine/',
  method: 'GET',
  summary: 'Read the hospital one speaks for, with the units that come to it',
  description: 'Nothing of callers. 404 for somebody who speaks for none.',
  who: ['hospital'],
  own: ['hospital'],
  replies: { 200: ownHospital },
  refusals: [...way, 'not_found'],
})

export const readHospital = operation({
  ...oneHospital,
  method: 'GET',
  summary: 'Read one hospital',
  who: [...boardReaders, 'hospital'],
  own: ['hospital'],
  replies: { 200: shownHospital },
  refusals: [...way, 'not_found'],
})

export const patchHospital = operation({
  ...oneHospital,
  method: 'PATCH',
  summary: 'Change a hospital',
  description:
    'Dispatchers and the hospital itself may change its beds, its load and its diversion; the rest is for ' +
    'keepers.',
  who: ['dispatcher', 'hospital', ...keepers],
  own: ['hospital'],
  body: hospitalChange,
  replies: { 200: shownHospital },
  refusals: [...way, ...body, 'not_found', 'name_taken'],
})

export const retireHospital = operation({
  ...oneHospital,
  path: '/api/hospitals/{id}/retire/',
  method: 'POST',
  summary: 'Take a hospital out of use',
  who: keepers,
  replies: { 200: shownHospital },
  refusals: [...way, 'not_found', 'in_use'],
})

export const restoreHospital = operation({
  ...oneHospital,
  path: '/api/hospitals/{id}/restore/',
  method: 'POST',
  summary: 'Take a retired hospital into use again',
  who: keepers,
  replies: { 200: shownHospital },
  refusals: [...way, 'not_found'],
})

const stations = { path: '/api/stations/', group: 'Places' } as const
const oneStation = { path: '/api/stations/{id}/', group: 'Places', params: oneRow } as const

export const listStations = operation({
  ...stations,
  method: 'GET',
  summary: 'List stations by name',
  description: retired,
  who: boardReaders,
  query: stationQuery,
  replies: { 200: pageOf(station) },
  refusals: way,
})

export const createStation = operation({
  ...stations,
  method: 'POST',
  summary: 'Add a station',
  who: keepers,
  body: stationCreation,
  replies: { 201: station },
  refusals: [...way, ...body, 'name_taken'],
})

export const readStation = operation({
  ...oneStation,
  method: 'GET',
  summary: 'Read one station',
  who: boardReaders,
  replies: { 200: station },
  refusals: [...way, 'not_found'],
})

export const patchStation = operation({
  ...oneStation,
  method: 'PATCH',
  summary: 'Change a station',
  who: keepers,
  body: stationChange,
  replies: { 200: station },
  refusals: [...way, ...body, 'not_found', 'name_taken'],
})

export const retireStation = operation({
  ...oneStation,
  path: '/api/stations/{id}/retire/',
  method: 'POST',
  summary: 'Take a station out of use',
  who: keepers,
  replies: { 200: station },
  refusals: [...way, 'not_found', 'in_use'],
})

export const restoreStation = operation({
  ...oneStation,
  path: '/api/stations/{id}/restore/',
  method: 'POST',
  summary: 'Take a retired station into use again',
  who: keepers,
  replies: { 200: station },
  refusals: [...way, 'not_found'],
})
