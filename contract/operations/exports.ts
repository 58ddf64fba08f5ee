import { z } from 'zod'
import { assignment } from '../model/assignment.ts'
import { call } from '../model/call.ts'
import { type Exported, exportWay } from '../model/export.ts'
import { incident } from '../model/incident.ts'
import { unit, unitQuery } from '../model/unit.ts'
import { operation } from '../operation.ts'
import { exporters } from '../roles.ts'
import { assignmentQuery } from './assignments.ts'
import { callQuery } from './calls.ts'
import { incidentQuery } from './incident-lists.ts'

type Names = [string, ...string[]]
const page = { page_size: true, cursor: true } as const

/** Columns of each export, in the order in which they stand. */
export const exportColumns = {
  calls: Object.keys(call.shape) as Names,
  incidents: Object.keys(incident.shape) as Names,
  assignments: Object.keys(assignment.shape) as Names,
  units: Object.keys(unit.shape) as Names,
} as const satisfies Record<Exported, Names>

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
  description: `${about} Numbers are masked. A search for a number is noted and limited as in the list.`,
  query: callQuery.omit(page).extend(exportWay(exportColumns.calls)),
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

export const exportUnits = operation({
  ...shared,
  group: 'Fleet',
  path: '/api/exports/units/',
  summary: 'Export units as CSV, NDJSON, JSON or XLSX',
  description: about,
  query: unitQuery.omit(page).extend(exportWay(exportColumns.units)),
})
