import type { Me } from '@toneout/contract/model/person.ts'
import { ExportMenu } from '../lists/export-menu.tsx'
import { amount, dash } from '../ui/format.ts'
import { type IncidentWords, runsOf } from './incident-query.ts'

type Found = { count: number; count_exact: boolean } | undefined
type ToolsProps = { person: Me; query: IncidentWords; found: Found }

/** How many there are, and the list as a file, also with the runs of its days. */
export function IncidentTools({ person, query, found }: ToolsProps) {
  return (
    <>
      <span className="count" role="status">
        {found ? amount(found.count, found.count_exact) : dash}
      </span>
      <ExportMenu person={person} what="incidents" query={query} name="Export" />
      <ExportMenu person={person} what="assignments" query={runsOf(query)} name="Runs of these days" />
      <ExportMenu person={person} what="ems_times" query={runsOf(query)} name="EMS times" />
    </>
  )
}
