import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { SideFacts } from '../frame/side-panel.tsx'
import { IncidentLog } from '../incidents/incident-log.tsx'
import { dash, stamp } from '../ui/format.ts'
import { plain, typeWord } from '../ui/words.ts'
import { IncidentActs } from './incident-acts.tsx'
import { IncidentLinks } from './incident-links.tsx'
import { CallsOf, Runs } from './runs.tsx'

function factsOf(row: Incident, now: number): [string, string][] {
  const place = row.latitude === null ? 'not known' : `${row.latitude}, ${row.longitude}`
  return [
    ['Status', plain(row.status)],
    ['Type', typeWord(row.emergency_type) ?? dash],
    ['Priority', String(row.priority)],
    ['Location', row.location || dash],
    ['Position', place],
    ['Received', stamp(row.received_at, now)],
    ['Ended', row.closed_at === null ? dash : stamp(row.closed_at, now)],
    ['How it ended', row.disposition === null ? dash : plain(row.disposition)],
    ['Opened again', row.reopened_at === null ? dash : stamp(row.reopened_at, now)],
    ['Notes', row.notes || dash],
  ]
}

type WholeProps = { row: Incident & { assignments: readonly Assignment[] }; person: Me }

/** What is known of an incident, its runs and calls, what happened, and what may be done with it. */
export function IncidentWhole({ row, person }: WholeProps) {
  return (
    <>
      <SideFacts label="Facts of the incident" facts={factsOf(row, Date.now())} />
      <IncidentActs incident={row} person={person} />
      <div className="side-part">
        <h3>Units</h3>
        <Runs runs={row.assignments} />
      </div>
      <div className="side-part">
        <h3>Calls</h3>
        <CallsOf id={row.id} />
      </div>
      <IncidentLog id={row.id} />
      <IncidentLinks row={row} person={person} />
    </>
  )
}
