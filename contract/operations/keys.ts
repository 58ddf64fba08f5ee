import { oneRow, pageOf } from '../model/field.ts'
import { key, keyChange, keyCreation, keyQuery, newKey } from '../model/key.ts'
import { operation } from '../operation.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
const all = { path: '/api/keys/', group: 'Access', who: ['admin'] } as const
const one = { path: '/api/keys/{id}/', group: 'Access', who: ['admin'], params: oneRow } as const

export const listKeys = operation({
  ...all,
  method: 'GET',
  summary: 'List keys of programs, newest first',
  description: 'Also revoked and expired ones, unless `revoked=false`. Follow `next` for more.',
  query: keyQuery,
  replies: { 200: pageOf(key) },
  refusals: way,
})

export const addKey = operation({
  ...all,
  method: 'POST',
  summary: 'Make a key for a program',
  description:
    'The reply is the only one that ever has `key`. Keys in use have different names, in any letter case.',
  body: keyCreation,
  replies: { 201: newKey },
  refusals: [...way, ...body, 'name_taken'],
})

export const readKey = operation({
  ...one,
  method: 'GET',
  summary: 'Read one key, without the key itself',
  replies: { 200: key },
  refusals: [...way, 'not_found'],
})

export const patchKey = operation({
  ...one,
  method: 'PATCH',
  summary: 'Change the name, the end or the limits of a key',
  description: 'All processes go by it within a second.',
  body: keyChange,
  replies: { 200: key },
  refusals: [...way, ...body, 'not_found', 'name_taken', 'key_revoked'],
})

export const revokeKey = operation({
  ...one,
  path: '/api/keys/{id}/revoke/',
  method: 'POST',
  summary: 'End a key for good',
  description:
    'Within a second all processes refuse it, and its live streams end. Revoking it again changes nothing.',
  replies: { 200: key },
  refusals: [...way, 'not_found'],
})
