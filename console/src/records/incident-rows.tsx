import type { Incident } from '@toneout/contract/model/incident.ts'
import { type Column, RowTable } from '../frame/row-table.tsx'
import { dash, stamp } from '../ui/format.ts'
import { plain, typeWord } from '../ui/words.ts'

const columns: Column<Incident>[] = [
  { title: 'Received', className: 'r-when', cell: (row) => stamp(row.received_at, Date.now()) },
  { title: 'Pri', className: 'r-priority', cell: (row) => row.priority },
  { title: 'Type', className: 'r-type', cell: (row) => typeWord(row.emergency_type) },
  {
    title: 'Location',
    className: 'r-place',
    cell: (row) => <span title={row.location}>{row.location || dash}</span>,
  },
  { title: 'Status', className: 'r-status', cell: (row) => plain(row.status) },
  {
    title: 'How it ended',
    className: 'r-end spare',
    cell: (row) => (row.disposition === null ? dash : plain(row.disposition)),
  },
]

export function IncidentRows({ rows, chosen }: { rows: readonly Incident[]; chosen: string }) {
  return (
    <RowTable
      className="incident-records"
      caption="Incidents of these filters"
      first="Incident"
      label={(row) => row.incident_number}
      columns={columns}
      rows={rows}
      isOver={(row) => row.closed_at !== null}
      word="id"
      chosen={chosen}
    />
  )
}
