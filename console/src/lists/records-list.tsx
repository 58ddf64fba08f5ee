import type { Me } from '@toneout/contract/model/person.ts'
import { useQueryWords } from '../frame/address.ts'
import { ListBody } from '../frame/list-body.tsx'
import { ListSearch } from '../frame/list-search.tsx'
import { amount, dash, plural } from '../ui/format.ts'
import { queryOf } from './call-filters.ts'
import { ExportButtons } from './export-buttons.tsx'
import { FilterBar } from './filter-bar.tsx'
import { RecordsTable } from './records-table.tsx'
import { useRecords } from './use-records.ts'

/** The first page says how many there are; above 10,000 that is an estimate. */
function counted(first: { count: number; count_exact: boolean } | undefined): string {
  if (!first) return dash
  return first.count_exact ? plural(first.count, 'call') : `${amount(first.count, false)} calls`
}

/** The calls that the filters of the address find, and the file of them. */
export function RecordsList({ person, chosen }: { person: Me; chosen: string }) {
  const query = queryOf(useQueryWords())
  const { read, rows } = useRecords(query)
  return (
    <section className="panel list" aria-label="List of calls">
      <header className="panel-head list-head">
        <ListSearch what="calls" placeholder="Number, place, words" longest={200} />
        <span className="count" role="status">
          {counted(read.data?.pages[0])}
        </span>
        <ExportButtons person={person} query={query} />
      </header>
      <FilterBar />
      <ListBody
        what="Calls"
        read={read}
        count={rows.length}
        empty="No call is like this. Take a filter away, or search for other words."
      >
        <RecordsTable calls={rows} chosen={chosen} />
      </ListBody>
    </section>
  )
}
