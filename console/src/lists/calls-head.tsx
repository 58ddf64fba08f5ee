import type { Me } from '@toneout/contract/model/person.ts'
import { LiveAge } from '../calls/live-age.tsx'
import { ListSearch } from '../frame/list-search.tsx'
import { amount, dash, plural } from '../ui/format.ts'
import { type Column, exportedOf } from './columns.tsx'
import { ColumnsMenu } from './columns-menu.tsx'
import { ExportMenu } from './export-menu.tsx'
import type { CallsQuery } from './list-query.ts'
import type { Found } from './select-all.tsx'

/** The first page says how many there are; above 10,000 that is an estimate. */
function counted(first: Found): string {
  if (!first) return dash
  return first.count_exact ? plural(first.count, 'call') : `${amount(first.count, false)} calls`
}

type HeadProps = { person: Me; query: CallsQuery; columns: readonly Column[]; found: Found }

/** Searching, how many there are and how fresh, the columns, and the list as a file. */
export function CallsHead({ person, query, columns, found }: HeadProps) {
  return (
    <header className="panel-head list-head">
      <ListSearch what="calls" placeholder="Number, place, incident, words" longest={200} />
      <span className="count" role="status">
        {counted(found)}
      </span>
      <LiveAge />
      <ColumnsMenu shown={columns} />
      <ExportMenu
        person={person}
        what="calls"
        query={{ ...query, columns: exportedOf(columns) }}
        name="Export"
      />
    </header>
  )
}
