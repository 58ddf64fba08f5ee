import type { Incident } from '@toneout/contract/model/incident.ts'
import { isOpen } from '../live/centre.ts'
import { Doing } from './incident-doing.tsx'
import { Known } from './incident-known.tsx'
import { SentUnits } from './sent-units.tsx'

type BodyProps = { incident: Incident; dispatches: boolean }

/** What is known on one side, what can be done about it, for those who dispatch, on the other. */
export function IncidentBody({ incident, dispatches }: BodyProps) {
  return (
    <div className="halves">
      <Known incident={incident} dispatches={dispatches} />
      {dispatches && isOpen(incident) ? (
        <Doing incident={incident} />
      ) : (
        <section className="half" aria-label="What was done">
          <SentUnits incident={incident} dispatches={dispatches} />
        </section>
      )}
    </div>
  )
}
