import type { HistoryImport } from '@toneout/contract/model/import.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { ListPage } from '../frame/list-page.tsx'
import { type Column, RowTable } from '../frame/row-table.tsx'
import { amount, stamp } from '../ui/format.ts'
import { ImportSide } from './import-side.tsx'
import { useImports } from './use-imports.ts'

/** Share of the file that was read, in percent; a file of no bytes is read at once. */
export const shareOf = ({ bytes_read, bytes_total }: HistoryImport) =>
  bytes_total === 0 ? 100 : Math.floor((bytes_read / bytes_total) * 100)

function State({ row }: { row: HistoryImport }) {
  const now = Date.now()
  if (row.ended_at !== null) return `Through ${stamp(row.ended_at, now)}`
  const share = shareOf(row)
  return (
    <>
      <progress value={share} max={100} aria-label={`Read of ${row.file_name}`} />
      {share} %
    </>
  )
}

const columns: Column<HistoryImport>[] = [
  { title: 'Source', className: 'i-count', cell: (row) => row.source },
  { title: 'Begun', className: 'i-when', cell: (row) => stamp(row.started_at, Date.now()) },
  { title: 'Rows', className: 'i-count', cell: (row) => amount(row.rows_read) },
  {
    title: 'Left out',
    className: 'i-count',
    cell: (row) => <span className={row.rows_held > 0 ? 'soon' : undefined}>{amount(row.rows_held)}</span>,
  },
  { title: 'State', className: 'i-state', cell: (row) => <State row={row} /> },
]

/** Imports of history, how far they are, and their rows that are not right. */
export function ImportsPage({ person }: { person: Me }) {
  const { read, rows } = useImports()
  const none = 'Nothing was imported yet. Imports begin on the server: npm run import -- sf-fire calls.csv.gz'
  return (
    <ListPage
      person={person}
      name="Imports"
      word="import"
      shows={[]}
      read={read}
      count={rows.length}
      empty={{ all: none, search: none }}
      table={(chosen) => (
        <RowTable
          className="imports-list"
          caption="Imports of history, newest first"
          first="File"
          label={(row) => row.file_name}
          columns={columns}
          rows={rows}
          isOver={() => false}
          word="import"
          chosen={chosen}
        />
      )}
      side={(id, close) => {
        const found = rows.find((row) => row.id === id)
        return found && <ImportSide key={id} row={found} onClose={close} />
      }}
    />
  )
}
