import type { Exported } from '@toneout/contract/model/export.ts'
import type { ExportQuery } from '@toneout/contract/operations/exports.ts'
import type { Context } from '../context.ts'
import { assignmentList } from '../dispatch/reads.ts'
import { unitList } from '../fleet/reads.ts'
import { incidentList } from '../incidents/search.ts'
import { callSource } from './call-source.ts'
import { emsTimeSource } from './ems-times.ts'
import { asItIs, type Source, wholeList } from './source.ts'

/** The same rows as the list of the same query, in its order. */
export const sources: { [W in Exported]: (ctx: Context, query: ExportQuery[W]) => Source } = {
  calls: ({ vault }, query) => callSource(query, vault),
  incidents: (_, query) => wholeList(incidentList(query)),
  assignments: (_, query) => wholeList(assignmentList(query)),
  ems_times: (_, query) => emsTimeSource(query),
  units: (_, query) => {
    const list = unitList(query)
    return { ...list, order: list.keyColumn, show: asItIs }
  },
}
