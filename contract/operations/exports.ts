import { z } from 'zod'
import { exportColumns, exportWay } from '../model/export.ts'
import { unitQuery } from '../model/unit.ts'
import { type Input, operation } from '../operation.ts'
import { exporters } from '../roles.ts'
import { assignmentQuery } from './assignments.ts'
import { callQuery } from './calls.ts'
import { incidentQuery } from './incident-lists.ts'

const page = { page_size: true, cursor: true } as const
const callPage = { ...page, more: true } as const

const shared = {
  method: 'GET',
  who: exporters,
  replies: { 200: z.custom<AsyncIterable<Uint8Array> | Uint8Array>().meta({ description: 'The file.' }) },
  media: 'application/octet-stream',
  refusals: ['invalid', 'not_authenticated', 'forbidden'],
} as const

const about =
  'The rows of the list with the same filters, all of them and in its order, as they were when it began. ' +
  'CSV begins text cells with an apostrophe where a spreadsheet would take them for a formula; XLSX holds ' +
  '1,048,575 rows at most. Two at a time for each caller. Each is two facts: that it began, with the names ' +
  'of the filters, and how many rows were sent.'

export const exportCalls = operation({
  ...shared,
  group: 'Calls',
  path: '/api/exports/calls/',
  summary: 'Export calls as CSV, NDJSON, JSON or XLSX',
  description:
    `${about} Without \`columns\` a row is a call alone. Numbers are masked. A search for a number is ` +
    'noted and limited as in the list.',
  query: callQuery.omit(callPage).extend(exportWay(exportColumns.calls)),
})

export const exportIncidents = operation({
  ...shared,
  group: 'Incidents',
  path: '/api/exports/incidents/',
  summary: 'Export incidents as CSV, NDJSON, JSON or XLSX',
  description: about,
  query: incidentQuery.omit(page).extend(exportWay(exportColumns.incidents)),
})

export const exportAssignments = operation({
  ...shared,
  group: 'Dispatch',
  path: '/api/exports/assignments/',
  summary: 'Export assignments as CSV, NDJSON, JSON or XLSX',
  description: about,
  query: assignmentQuery.omit(page).extend(exportWay(exportColumns.assignments)),
})

export const exportEmsTimes = operation({
  ...shared,
  group: 'Dispatch',
  path: '/api/exports/ems-times/',
  summary: 'Export times of assignments by the numbers of NEMSIS v3.5, eTimes.01 to 17',
  description: `${about} Times are as corrected, in UTC with the offset +00:00; what nobody tells is empty.`,
  query: assignmentQuery.omit(page).extend({ format: exportWay(exportColumns.ems_times).format }),
})

export const exportUnits = operation({
  ...shared,
  group: 'Fleet',
  path: '/api/exports/units/',
  summary: 'Export units as CSV, NDJSON, JSON or XLSX',
  description: about,
  query: unitQuery.omit(page).extend(exportWay(exportColumns.units)),
})

/** What each export is asked for, as its handler receives it. */
export type ExportQuery = {
  calls: Input<typeof exportCalls>['query']
  incidents: Input<typeof exportIncidents>['query']
  assignments: Input<typeof exportAssignments>['query']
  units: Input<typeof exportUnits>['query']
  ems_times: Input<typeof exportEmsTimes>['query']
}
