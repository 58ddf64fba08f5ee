import { z } from 'zod'
import { auditEntry, auditQuery, verification } from '../model/audit.ts'
import { pageOf } from '../model/field.ts'
import { optionalNumber } from '../model/text.ts'
import { operation } from '../operation.ts'
import { keepers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const

export const listAudit = operation({
  method: 'GET',
  path: '/api/audit/',
  group: 'Audit',
  summary: 'List what was done, by whom and by which request, newest first',
  description:
    'Changes have what was there before and after in `data`. `request_id` is looked for in a period: ' +
    'give `after` as well. Follow `next` for more.',
  who: keepers,
  query: auditQuery,
  replies: { 200: pageOf(auditEntry) },
  refusals: way,
})

export const verifyAudit = operation({
  method: 'GET',
  path: '/api/audit/verify/',
  group: 'Audit',
  summary: 'Check the hash chain over all that was done',
  description:
    'Checks for about a second from block `from` on (1). `next` is the block to go on with, null at the ' +
    'end. One check at a time: others are told to wait. Its end is on record, `history_checked`.',
  who: keepers,
  query: z.strictObject({ from: optionalNumber(1, Number.MAX_SAFE_INTEGER, true) }),
  replies: { 200: verification },
  refusals: way,
})
