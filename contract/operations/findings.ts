import { z } from 'zod'
import { call } from '../model/call.ts'
import { finding, findingConfirmation, findingsTold } from '../model/finding.ts'
import { operation } from '../operation.ts'
import { callWriters, dispatchers, wordReaders } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden', 'not_found'] as const
const body = ['body_too_large', 'unsupported_media_type'] as const
const oneCall = z.object({ call_sid: z.string() })
const path = '/api/calls/{call_sid}/findings/'
const list = z.object({ results: z.array(finding) })

export const tellFindings = operation({
  method: 'POST',
  path,
  group: 'Calls',
  summary: 'Tell what was understood from the words of a call',
  description:
    'At most 40 fields of a call. A field that is told again replaces what was understood before, but not ' +
    'what a person has confirmed. What a person tells is confirmed by that. The reply has all findings.',
  who: callWriters,
  params: oneCall,
  body: findingsTold,
  replies: { 200: list },
  refusals: [...way, ...body],
})

export const listFindings = operation({
  method: 'GET',
  path,
  group: 'Calls',
  summary: 'List what was understood from the words of a call',
  who: wordReaders,
  params: oneCall,
  replies: { 200: list },
  refusals: way,
})

export const confirmFinding = operation({
  method: 'POST',
  path: '/api/calls/{call_sid}/findings/{field}/confirm/',
  group: 'Calls',
  summary: 'Say that a finding is right, or what is right instead',
  who: dispatchers,
  params: oneCall.extend({ field: z.string() }),
  body: findingConfirmation,
  replies: { 200: finding },
  refusals: [...way, ...body],
})

export const takeOverCall = operation({
  method: 'POST',
  path: '/api/calls/{call_sid}/take-over/',
  group: 'Calls',
  summary: 'Take a call over from the AI',
  description:
    'The call has `handoff` from then on, which the AI dispatcher sees in its next reply about the call. ' +
    'Who took it over first keeps it; the same again changes nothing.',
  who: dispatchers,
  params: oneCall,
  replies: { 200: call },
  refusals: [...way, 'call_ended'],
})
