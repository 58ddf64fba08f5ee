import { z } from 'zod'
import { oneRow } from '../model/field.ts'
import { keeping, keptExport } from '../model/kept-export.ts'
import { operation } from '../operation.ts'
import { exporters } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const path = '/api/kept-exports/'
const one = `${path}{id}/` as const

export const keepExport = operation({
  method: 'POST',
  path,
  group: 'Audit',
  summary: 'Have an export made while nobody waits for it, and its file kept for a day',
  description:
    '`query` is the query of `GET /api/exports/…` of the same list, such as `format=csv&status=ACTIVE`. It ' +
    'goes on when the page is closed. It ends without a file when the credential that asked for it ends, ' +
    'when the server stops, after an hour, and when the file is larger than 256 MB packed. Three files for ' +
    'each person, 20 for all. Facts as of every export.',
  who: exporters,
  body: keeping,
  replies: { 201: keptExport },
  refusals: [...way, 'body_too_large', 'unsupported_media_type', 'too_many_kept'],
})

export const listKeptExports = operation({
  method: 'GET',
  path,
  group: 'Audit',
  summary: 'List the own kept exports with how far they are, newest first',
  who: exporters,
  own: exporters,
  replies: { 200: z.object({ results: z.array(keptExport) }) },
  refusals: way,
})

export const fetchKeptExport = operation({
  method: 'GET',
  path: `${one}file/`,
  group: 'Audit',
  summary: 'Fetch the file of an own kept export',
  description: 'Each time is a fact. 404 as long as it is not ready, and for everybody else.',
  who: exporters,
  own: exporters,
  params: oneRow,
  replies: { 200: z.custom<AsyncIterable<Uint8Array> | Uint8Array>().meta({ description: 'The file.' }) },
  media: 'application/octet-stream',
  refusals: [...way, 'not_found'],
})

export const removeKeptExport = operation({
  method: 'DELETE',
  path: one,
  group: 'Audit',
  summary: 'Remove an own kept export with its file, or stop it',
  who: exporters,
  own: exporters,
  params: oneRow,
  replies: { 204: null },
  refusals: [...way, 'not_found'],
})
