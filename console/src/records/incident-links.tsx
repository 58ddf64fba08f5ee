import { address } from '@toneout/contract/client.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { mayOversee } from '../access/session.ts'
import { PageLink } from '../frame/page-link.tsx'

/** The way on from an incident: its work, its history, and itself for other centres. */
export function IncidentLinks({ row, person }: { row: Incident; person: Me }) {
  const { id, incident_number } = row
  return (
    <div className="side-part link-list">
      {row.closed_at === null && (
        <PageLink className="link" href={`/?incident=${id}`}>
          Work on it in the console
        </PageLink>
      )}
      {mayOversee(person) && (
        <PageLink className="link" href={`/history?about=${incident_number}`}>
          History of {incident_number}
        </PageLink>
      )}
      <a className="link" href={address('readEido', { params: { id } })} download={`eido-${id}.json`}>
        As an EIDO, for other centres
      </a>
    </div>
  )
}
