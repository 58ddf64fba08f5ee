import type { Incident } from '@toneout/contract/model/incident.ts'
import type { ReactNode } from 'react'
import { AsOf } from '../calls/as-of.tsx'
import { detailHeadingId } from '../calls/select.ts'
import { isOpen } from '../live/centre.ts'
import { dash, duration, position } from '../ui/format.ts'
import { typeWord } from '../ui/words.ts'
import { IncidentMark, placeWords, statusWords } from './incident-row.tsx'
import { StatusTimer } from './status-timer.tsx'
import { useSince } from './use-incidents.ts'

/** `acts`: what can be done about it beside sending units. */
export function IncidentHead({ incident, acts }: { incident: Incident; acts: ReactNode }) {
  const since = useSince(incident)
  const at = position(incident.latitude, incident.longitude)
  return (
    <header className="call-head">
      <IncidentMark incident={incident} />
      <div className="call-title">
        <h2 id={detailHeadingId} tabIndex={-1}>
          {typeWord(incident.emergency_type)} <span className="mono">{incident.incident_number}</span>
        </h2>
        <p title={incident.location}>
          {at === null && <b>No position. </b>}
          {placeWords(incident)}
        </p>
      </div>
      <div className="call-state">
        <AsOf />
        <span>{statusWords(incident)}</span>
        {isOpen(incident) ? (
          <StatusTimer incident={incident} since={since} />
        ) : (
          <span className="timer">{lasted(incident)}</span>
        )}
      </div>
      {acts}
    </header>
  )
}

function lasted({ received_at, closed_at }: Incident): string {
  return closed_at === null ? dash : duration((Date.parse(closed_at) - Date.parse(received_at)) / 1000)
}
