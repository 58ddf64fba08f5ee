import type { Incident } from '@toneout/contract/model/incident.ts'
import { memo } from 'react'
import { RunningTimer } from '../calls/call-timer.tsx'
import { openIncident } from '../calls/select.ts'
import { waitsForUnit } from '../live/centre.ts'
import { dash, position } from '../ui/format.ts'
import { RankMark } from '../ui/priority-mark.tsx'
import { plain, typeWord } from '../ui/words.ts'

type RowProps = { incident: Incident; crews: string; selected: boolean; stop: boolean; marked: boolean }

export const IncidentRow = memo(function IncidentRow({ incident, crews, ...row }: RowProps) {
  return (
    <tr
      aria-selected={row.selected}
      tabIndex={row.stop ? 0 : -1}
      data-stop={row.stop}
      data-key={incident.id}
      data-open="true"
      data-changed={row.marked}
      onClick={() => openIncident(incident.id)}
    >
      <td className="c-priority">
        <IncidentMark incident={incident} />
      </td>
      <td className="c-incident mono">
        {incident.incident_number}
        {row.marked && <span className="unseen"> changed</span>}
      </td>
      <td className="c-type" title={incident.location}>
        <b>{typeWord(incident.emergency_type)}</b> <span>{placeWords(incident)}</span>
      </td>
      <td className="c-units" title={inWords(crews)}>
        <Crews incident={incident} crews={crews} />
      </td>
      <td className="c-status">{plain(incident.status)}</td>
      <td className="c-time">
        <RunningTimer since={incident.received_at} />
      </td>
    </tr>
  )
})

/** Where it is in words; some callers are found by their position alone. */
export function placeWords({ location, latitude, longitude }: Incident): string {
  return location || (position(latitude, longitude) ? 'Position only' : 'Place not known')
}

/** Crews in a line: M03 en route, B21 sent. */
export const inWords = (crews: string) => crews.replaceAll('\t', ' ').replaceAll('\n', ', ')

/** The mark of an incident's priority; filled while it waits for a unit. */
export function IncidentMark({ incident }: { incident: Incident }) {
  const waits = waitsForUnit(incident)
  const words = `Priority ${incident.priority}${waits ? ', waiting for a unit' : ''}`
  return <RankMark rank={incident.priority} words={words} waits={waits} />
}

/** Who is on it; without anybody, what it waits for. */
function Crews({ incident, crews }: { incident: Incident; crews: string }) {
  if (crews !== '') {
    return crews.split('\n').map((crew) => {
      const [number, step] = crew.split('\t')
      return (
        <span key={crew} className="crew">
          <b>{number}</b> {step}
        </span>
      )
    })
  }
  if (incident.awaiting_close_since !== null) return <span className="chip open">Waits for disposition</span>
  return incident.status === 'RECEIVED' ? <span className="none">No unit yet</span> : dash
}
