import type { Incident } from '@toneout/contract/model/incident.ts'
import type { ReactNode } from 'react'
import { AsOf } from '../calls/as-of.tsx'
import { moment } from '../calls/call-facts.tsx'
import { detailHeadingId } from '../calls/select.ts'
import { isOpen } from '../live/centre.ts'
import { dash, duration, position } from '../ui/format.ts'
import { plain, typeWord } from '../ui/words.ts'
import { IncidentMark, placeWords, statusWords } from './incident-row.tsx'
import { StatusTimer } from './status-timer.tsx'
import { inStatusSince } from './targets.ts'
import { useSent } from './use-incidents.ts'

/** `acts`: what can be done about it beside sending units. */
export function IncidentHead({ incident, acts }: { incident: Incident; acts: ReactNode }) {
  const since = inStatusSince(incident, useSent().get(incident.id) ?? [])
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

export function IncidentFacts({ incident }: { incident: Incident }) {
  const at = position(incident.latitude, incident.longitude)
  const known = [
    { name: 'Received', value: moment(incident.received_at) },
    { name: 'Priority', value: String(incident.priority) },
    { name: 'Closed', value: moment(incident.closed_at), only: true },
    { name: 'Reopened', value: moment(incident.reopened_at), only: true },
    {
      name: 'Disposition',
      value: incident.disposition && plain(incident.disposition),
      wide: true,
      only: true,
    },
    { name: 'Position', value: at ?? 'No position', mono: at !== null, wide: true },
    { name: 'Notes', value: incident.notes, wide: true, only: true },
  ].filter((one) => one.value || !one.only)
  return (
    <dl className="facts" aria-label="Facts of the incident">
      {known.map(({ name, value, mono = false, wide = false }) => (
        <div key={name} data-wide={wide}>
          <dt>{name}</dt>
          <dd className={mono ? 'mono' : undefined} data-known={Boolean(value)}>
            {value || dash}
          </dd>
        </div>
      ))}
    </dl>
  )
}
