import type { Me } from '@toneout/contract/model/person.ts'
import { BulkActs } from './bulk-acts.tsx'
import { BulkOutcome } from './bulk-outcome.tsx'
import { type Column, exportedOf } from './columns.tsx'
import { ExportMenu } from './export-menu.tsx'
import type { CallsQuery } from './list-query.ts'
import { mayMark } from './may-mark.ts'
import { type Found, SelectAll } from './select-all.tsx'
import { type Change, useBulk } from './use-bulk.ts'
import type { Selection } from './use-selection.ts'

type BarProps = {
  person: Me
  selection: Selection
  query: CallsQuery
  columns: readonly Column[]
  /** How many calls the filters find, and whether that is exact. */
  found: Found
}

/** What can be done to all calls that are ticked. */
export function BulkBar({ person, selection, query, columns, found }: BarProps) {
  const bulk = useBulk()
  const { ids, sids } = selection
  if (ids.length === 0) return null
  const run = (change: Change) => bulk.isPending || bulk.mutate({ sids, change })
  return (
    <section className="bulk" aria-label="Selected calls">
      <b role="status">{ids.length} selected</b>
      {mayMark(person) && <BulkActs person={person} run={run} busy={bulk.isPending} />}
      <ExportMenu
        person={person}
        what="calls"
        query={{
          columns: exportedOf(columns),
          ids: ids.join(','),
          ...(query.ordering && query.ordering !== 'relevance' && { ordering: query.ordering }),
        }}
        name="Export selection"
      />
      <button type="button" className="button" onClick={selection.clear}>
        Clear
      </button>
      <SelectAll selection={selection} query={query} found={found} />
      <BulkOutcome bulk={bulk} />
    </section>
  )
}
