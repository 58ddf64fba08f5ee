import { z } from 'zod'
import { legalHold, reasonBody, revealedCaller } from '../model/caller-data.ts'
import { operation } from '../operation.ts'
import { dispatchers, keepers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden', 'not_found'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
const ofCall = { method: 'POST', group: 'Calls', params: z.object({ call_sid: z.string() }) } as const

export const revealCaller = operation({
  ...ofCall,
  path: '/api/calls/{call_sid}/reveal/',
  summary: "Show a caller's number",
  description: 'Lists and records show it masked. Who looked, when and why goes on the timeline.',
  who: dispatchers,
  body: reasonBody,
  replies: { 200: revealedCaller },
  refusals: [...way, ...body],
})

export const holdCall = operation({
  ...ofCall,
  path: '/api/calls/{call_sid}/hold/',
  summary: 'Keep a call whatever the retention says (legal hold)',
  who: keepers,
  body: reasonBody,
  replies: { 200: legalHold },
  refusals: [...way, ...body],
})

export const releaseCall = operation({
  ...ofCall,
  path: '/api/calls/{call_sid}/release/',
  summary: 'End the legal hold of a call',
  who: keepers,
  replies: { 200: legalHold },
  refusals: way,
})
