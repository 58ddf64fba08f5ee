import type { Incident } from '@toneout/contract/model/incident.ts'
import { moment } from '../calls/call-facts.tsx'
import { dash, position } from '../ui/format.ts'
import { plain } from '../ui/words.ts'

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
