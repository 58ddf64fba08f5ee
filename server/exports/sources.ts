import type { Exported } from '@toneout/contract/model/export.ts'
import type { Input } from '@toneout/contract/operation.ts'
import type {
  exportAssignments,
  exportCalls,
  exportIncidents,
  exportUnits,
} from '@toneout/contract/operations/exports.ts'
import type { RawBuilder } from 'kysely'
import { maskedCall, openCall } from '../calls/caller.ts'
import { callList } from '../calls/search.ts'
import type { SealedCall } from '../calls/store.ts'
import type { Context } from '../context.ts'
import { assignmentList } from '../dispatch/reads.ts'
import { unitList } from '../fleet/reads.ts'
import { incidentList } from '../incidents/search.ts'
import { orderOf, type SortedList } from '../lib/newest-page.ts'
import type { Row } from './row-cursor.ts'

export type ExportQuery = {
  calls: Input<typeof exportCalls>['query']
  incidents: Input<typeof exportIncidents>['query']
  assignments: Input<typeof exportAssignments>['query']
  units: Input<typeof exportUnits>['query']
}

/** What is read, without its end: SELECT columns FROM … WHERE … ORDER BY …; `order` is none of a client's. */
export type Source = {
  columns: string
  from: string
  where: RawBuilder<unknown>
  order: string
  /** A row as the list shows it. */
  show: (row: Row) => Row
}

const asItIs = (row: Row) => row
const sorted = (list: SortedList): Source => ({
  ...list,
  order: orderOf(list, list.newestFirst),
  show: asItIs,
})

/** The same rows as the list of the same query, in its order. */
export const sources: { [W in Exported]: (ctx: Context, query: ExportQuery[W]) => Source } = {
  calls: ({ vault }, query) => ({
    ...sorted(callList(query, vault)),
    show: (row) => maskedCall(openCall(vault, row as SealedCall)),
  }),
  incidents: (_, query) => sorted(incidentList(query)),
  assignments: (_, query) => sorted(assignmentList(query)),
  units: (_, query) => {
    const list = unitList(query)
    return { ...list, order: list.keyColumn, show: asItIs }
  },
}
