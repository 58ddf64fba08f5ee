import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { reopenIncident } from '@toneout/contract/operations/incidents.ts'
import { mayDispatch } from '../access/session.ts'
import { CloseForm } from '../incidents/close-form.tsx'
import { EditForm } from '../incidents/edit-form.tsx'
import { Split } from '../incidents/join-list.tsx'
import { WithReason } from './with-reason.tsx'

type ActsProps = { incident: Incident; person: Me }

const mayReopen = ({ role }: Me) => (reopenIncident.who as readonly string[]).includes(role)

/** What the role may do with an incident as it is now; the server decides again. */
export function IncidentActs({ incident, person }: ActsProps) {
  if (!mayDispatch(person)) return null
  if (incident.merged_into !== null) {
    return (
      <div className="side-part">
        <Split incident={incident} />
      </div>
    )
  }
  if (incident.closed_at !== null) {
    return mayReopen(person) ? <WithReason key="reopen" incident={incident} act="reopen" /> : null
  }
  return (
    <>
      <details className="side-part">
        <summary className="button">Change type, priority, place or notes</summary>
        <EditForm key={incident.id} incident={incident} />
      </details>
      <div className="side-part">
        <h3>How it ended</h3>
        <CloseForm incident={incident} />
      </div>
      <WithReason key="cancel" incident={incident} act="cancel" />
    </>
  )
}
