import type { AuditEntry } from '@toneout/contract/model/audit.ts'
import { type Column, RowTable } from '../frame/row-table.tsx'
import { clockTime, dash, dayOf } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { inOneLine } from './changes-of.ts'

const about = ({ incident_number, unit_number }: AuditEntry) =>
  [incident_number, unit_number].filter(Boolean).join(' ') || dash

const columns: Column<AuditEntry>[] = [
  { title: 'When', className: 'h-when', cell: (row) => `${dayOf(row.at, 'short')} ${clockTime(row.at)}` },
  { title: 'Who', className: 'h-who', cell: (row) => row.actor.name },
  { title: 'About', className: 'h-about', cell: about },
  {
    title: 'Change',
    className: 'h-change',
    cell: (row) => {
      const words = inOneLine(row)
      return <span title={words}>{words}</span>
    },
  },
]

export function HistoryTable({ rows, chosen }: { rows: readonly AuditEntry[]; chosen: string }) {
  return (
    <RowTable
      className="history"
      caption="What was done, newest first"
      first="What"
      label={(row) => plain(row.type)}
      columns={columns}
      rows={rows}
      isOver={() => false}
      word="line"
      chosen={chosen}
    />
  )
}
