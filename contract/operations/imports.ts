import { z } from 'zod'
import { requiredId } from '../model/dispatch.ts'
import { pageOf } from '../model/field.ts'
import { historyImport, pageQuery, quarantined } from '../model/import.ts'
import { operation } from '../operation.ts'
import { keepers } from '../roles.ts'

export const listImports = operation({
  method: 'GET',
  path: '/api/imports/',
  group: 'Audit',
  summary: 'List imports of history, newest first, with how far they are',
  who: keepers,
  query: pageQuery,
  replies: { 200: pageOf(historyImport) },
  refusals: ['invalid', 'not_authenticated', 'forbidden'],
})

export const listQuarantine = operation({
  method: 'GET',
  path: '/api/imports/{id}/quarantine/',
  group: 'Audit',
  summary: 'List rows of an import that are not right, with the reason; those left out first',
  who: keepers,
  params: z.object({ id: requiredId() }),
  query: pageQuery,
  replies: { 200: pageOf(quarantined) },
  refusals: ['invalid', 'not_authenticated', 'forbidden', 'not_found'],
})
