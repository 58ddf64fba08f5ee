import type { Me } from '@toneout/contract/model/person.ts'
import { ListBody } from '../frame/list-body.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { CallsHead } from './calls-head.tsx'
import { CallsTable } from './calls-table.tsx'
import { FilterChips } from './filter-chips.tsx'
import type { CallsQuery } from './list-query.ts'
import { useCallList } from './use-call-list.ts'
import { useColumns } from './use-columns.ts'
import { useSelection } from './use-selection.ts'

type ListProps = { person: Me; query: CallsQuery; chosen: string }

/** The calls that the filters of the address find, and what can be done with them. */
export function CallsList({ person, query, chosen }: ListProps) {
  const { read, rows } = useCallList(query)
  const columns = useColumns()
  const selection = useSelection()
  const found = read.data?.pages[0]
  return (
    <section className="panel list calls-list" aria-label="List of calls">
      <CallsHead person={person} query={query} columns={columns} found={found} />
      <FilterChips query={query} />
      <ListBody
        what="Calls"
        read={read}
        count={rows.length}
        empty="No call is like this. Take a filter away, or search for other words."
      >
        <CallsTable
          calls={rows}
          columns={columns}
          chosen={chosen}
          ordering={query.ordering ?? '-created_at'}
          search={query.search ?? ''}
          selection={selection}
        />
      </ListBody>
      <BulkBar person={person} selection={selection} query={query} columns={columns} found={found} />
    </section>
  )
}
