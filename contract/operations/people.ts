import {
  dispatcher,
  dispatcherChange,
  dispatcherCreation,
  dispatcherQuery,
} from '../model/dispatcher-profile.ts'
import { oneRow, pageOf } from '../model/field.ts'
import { paramedic, paramedicChange, paramedicCreation, paramedicQuery } from '../model/paramedic.ts'
import { newPassword, person, personChange, personCreation, personQuery } from '../model/people.ts'
import { operation } from '../operation.ts'
import { keepers, profileReaders } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
const more = 'Follow `next` for more.'

const people = { path: '/api/people/', group: 'People' } as const
const onePerson = { path: '/api/people/{id}/', group: 'People', params: oneRow } as const

export const listPeople = operation({
  ...people,
  method: 'GET',
  summary: 'List people by username',
  description: more,
  who: keepers,
  query: personQuery,
  replies: { 200: pageOf(person) },
  refusals: way,
})

export const addPerson = operation({
  ...people,
  method: 'POST',
  summary: 'Add a person who may sign in',
  description: 'hospital_id is for the role hospital.',
  who: ['admin'],
  body: personCreation,
  replies: { 201: person },
  refusals: [...way, ...body, 'username_taken'],
})

export const readPerson = operation({
  ...onePerson,
  method: 'GET',
  summary: 'Read one person',
  who: keepers,
  replies: { 200: person },
  refusals: [...way, 'not_found'],
})

export const patchPerson = operation({
  ...onePerson,
  method: 'PATCH',
  summary: 'Change the role of a person, or shut the person out',
  description:
    'A change ends the sessions of the person. Who is no active paramedic any more leaves the crew and is ' +
    'not available; on a live assignment that is refused.',
  who: ['admin'],
  body: personChange,
  replies: { 200: person },
  refusals: [...way, ...body, 'not_found', 'own_account', 'last_admin', 'in_use'],
})

export const replacePassword = operation({
  ...onePerson,
  path: '/api/people/{id}/password/',
  method: 'POST',
  summary: 'Give a person a new password',
  description: 'It ends the sessions of the person.',
  who: ['admin'],
  body: newPassword,
  replies: { 204: null },
  refusals: [...way, ...body, 'not_found'],
})

const paramedics = { path: '/api/paramedics/', group: 'People' } as const
const oneParamedic = { path: '/api/paramedics/{id}/', group: 'People', params: oneRow } as const
const contact = 'Dispatchers do not see the emergency contact.'

export const listParamedics = operation({
  ...paramedics,
  method: 'GET',
  summary: 'List profiles of paramedics by number of the employee',
  description: `${contact} ${more}`,
  who: profileReaders,
  query: paramedicQuery,
  replies: { 200: pageOf(paramedic) },
  refusals: way,
})

export const addParamedic = operation({
  ...paramedics,
  method: 'POST',
  summary: 'Give a paramedic a profile',
  description: 'person_id is an active person with the role paramedic.',
  who: keepers,
  body: paramedicCreation,
  replies: { 201: paramedic },
  refusals: [...way, ...body, 'profile_exists', 'employee_id_taken', 'license_number_taken'],
})

export const readParamedic = operation({
  ...oneParamedic,
  method: 'GET',
  summary: 'Read the profile of a paramedic; id is the number of the person',
  description: contact,
  who: profileReaders,
  replies: { 200: paramedic },
  refusals: [...way, 'not_found'],
})

export const patchParamedic = operation({
  ...oneParamedic,
  method: 'PATCH',
  summary: 'Change the profile of a paramedic',
  description: 'While the paramedic is on a live assignment, available and unit_id stay as they are.',
  who: keepers,
  body: paramedicChange,
  replies: { 200: paramedic },
  refusals: [...way, ...body, 'not_found', 'in_use', 'employee_id_taken', 'license_number_taken'],
})

const dispatchers = { path: '/api/dispatchers/', group: 'People' } as const
const oneDispatcher = { path: '/api/dispatchers/{id}/', group: 'People', params: oneRow } as const

export const listDispatchers = operation({
  ...dispatchers,
  method: 'GET',
  summary: 'List profiles of dispatchers and supervisors by number of the employee',
  description: `${contact} ${more}`,
  who: profileReaders,
  query: dispatcherQuery,
  replies: { 200: pageOf(dispatcher) },
  refusals: way,
})

export const addDispatcher = operation({
  ...dispatchers,
  method: 'POST',
  summary: 'Give a dispatcher or a supervisor a profile',
  description: 'person_id is an active person with one of these roles.',
  who: keepers,
  body: dispatcherCreation,
  replies: { 201: dispatcher },
  refusals: [...way, ...body, 'profile_exists', 'employee_id_taken'],
})

export const readDispatcher = operation({
  ...oneDispatcher,
  method: 'GET',
  summary: 'Read the profile of a dispatcher; id is the number of the person',
  description: contact,
  who: profileReaders,
  replies: { 200: dispatcher },
  refusals: [...way, 'not_found'],
})

export const patchDispatcher = operation({
  ...oneDispatcher,
  method: 'PATCH',
  summary: 'Change the profile of a dispatcher',
  who: keepers,
  body: dispatcherChange,
  replies: { 200: dispatcher },
  refusals: [...way, ...body, 'not_found', 'employee_id_taken'],
})
