import { pageOf } from '../model/field.ts'
import { handover, handoverCreation, handoverQuery } from '../model/handover.ts'
import { operation } from '../operation.ts'
import { dispatchers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const shared = { path: '/api/handovers/', group: 'Dispatch' } as const

export const listHandovers = operation({
  ...shared,
  method: 'GET',
  summary: 'List the notes that shifts left for each other, newest first',
  description: '`search` finds words in the text, the author and the desk. Follow `next` for older ones.',
  who: [...dispatchers, 'admin'],
  query: handoverQuery,
  replies: { 200: pageOf(handover) },
  refusals: way,
})

export const writeHandover = operation({
  ...shared,
  method: 'POST',
  summary: 'Leave a note for the next shift',
  description: 'Notes are neither changed nor taken back; what was wrong is put right by another one.',
  who: dispatchers,
  body: handoverCreation,
  replies: { 201: handover },
  refusals: [...way, 'body_too_large', 'unsupported_media_type'],
})
