import type { CrewView } from '@toneout/contract/model/crew.ts'
import { duration } from '../ui/format.ts'
import { typeWord } from '../ui/words.ts'
import { Rank } from './incident-card.tsx'
import { KeyFacts } from './key-facts.tsx'
import { Notices } from './notices.tsx'
import { OfferActs } from './offer-acts.tsx'
import { RingLine } from './ring-line.tsx'

/** An assignment that the crew has not answered yet takes the whole screen. */
export function Offer({ view }: { view: CrewView }) {
  const { incident, assignment, unit, drive, partners } = view
  if (!incident) return null
  return (
    <main className="offer" data-rank={incident.priority}>
      <p className="offer-unit">
        <span className="mono">{unit?.unit_number}</span> New assignment
      </p>
      <Notices />
      <div className="offer-what">
        <Rank priority={incident.priority} />
        <h1>{typeWord(incident.emergency_type)}</h1>
      </div>
      <p className="address">{incident.location || 'The place is not known yet'}</p>
      <p className="quiet">
        <span className="mono">{incident.incident_number}</span>
        {drive && `, about ${duration(drive.seconds)} away`}
        {partners.length > 0 && `, with ${partners.map((one) => one.unit_number).join(', ')}`}
      </p>
      <RingLine assignedAt={assignment?.assigned_at ?? view.at} />
      {incident.notes && <p className="told">{incident.notes}</p>}
      <KeyFacts view={view} />
      <div className="offer-acts">
        <OfferActs />
      </div>
    </main>
  )
}
