import type { Incident } from '@toneout/contract/model/incident.ts'
import { memo } from 'react'
import { openIncident } from '../calls/select.ts'
import { shortNumber } from '../line/world.ts'
import { waitsForUnit } from '../live/centre.ts'
import { dash, position } from '../ui/format.ts'
import { focusLine } from '../ui/keyboard.ts'
import { RankMark } from '../ui/priority-mark.tsx'
import { plain, typeWord } from '../ui/words.ts'
import { StatusTimer } from './status-timer.tsx'

type RowProps = {
  incident: Incident
  /** Its number in the queue, for Alt and a digit; others have none. */
  place: number | null
  crews: string
  since: string
  unsent: boolean
  selected: boolean
  stop: boolean
  marked: boolean
}

export const IncidentRow = memo(function IncidentRow({ incident, place, crews, since, ...row }: RowProps) {
  return (
    <tr
      aria-selected={row.selected}
      tabIndex={row.stop ? 0 : -1}
      data-stop={row.stop}
      data-key={incident.id}
      data-open="true"
      data-changed={row.marked}
      onClick={() => {
        openIncident(incident.id)
        focusLine()
      }}
    >
      <td className="c-place-no">{place}</td>
      <td className="c-priority">
        <IncidentMark incident={incident} />
      </td>
      <td className="c-incident mono" title={incident.incident_number}>
        {shortNumber(incident.incident_number)}
        {row.marked && <span className="unseen"> changed</span>}
      </td>
      <td className="c-type">
        <b>{typeWord(incident.emergency_type)}</b>
        {incident.notes !== '' && (
          <small className="flag" title={incident.notes}>
            Note
          </small>
        )}
      </td>
      <td className="c-location" title={incident.location}>
        {placeWords(incident)}
      </td>
      <td className="c-units" title={inWords(crews)}>
        {row.unsent ? (
          <span className="chip open">Not sent</span>
        ) : (
          <Crews incident={incident} crews={crews} />
        )}
      </td>
      <td className="c-status">{statusWords(incident)}</td>
      <td className="c-time">
        <StatusTimer incident={incident} since={since} />
      </td>
    </tr>
  )
})

export const statusWords = (incident: Incident) =>
  waitsForUnit(incident) ? 'Waiting' : incident.awaiting_close_since ? 'To be closed' : plain(incident.status)

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
          <b>{number}</b>
          <span className="unseen"> {step}</span>
        </span>
      )
    })
  }
  if (incident.awaiting_close_since !== null) return <span className="chip open">Waits for disposition</span>
  return incident.status === 'RECEIVED' ? <span className="none">No unit yet</span> : dash
}
