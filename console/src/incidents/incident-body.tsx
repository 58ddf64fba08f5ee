import type { Incident } from '@toneout/contract/model/incident.ts'
import { isOpen } from '../live/centre.ts'
import { Actions } from './actions.tsx'
import { IncidentCalls } from './incident-calls.tsx'
import { IncidentFacts } from './incident-facts.tsx'
import { PlanSection } from './plan-section.tsx'
import { SentUnits } from './sent-units.tsx'
import { usePlan } from './use-incidents.ts'

/** What is known scrolls; what can be done stands below it, for those who dispatch, while it is open. */
export function IncidentBody({ incident, dispatches }: { incident: Incident; dispatches: boolean }) {
  const may = dispatches && isOpen(incident)
  const plan = usePlan(incident.id, may)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className="scroll incident-body" aria-label="About the incident" tabIndex={0}>
        <SentUnits incident={incident} />
        {may && <PlanSection query={plan} />}
        <IncidentFacts incident={incident} />
        <IncidentCalls id={incident.id} />
      </section>
      {may && <Actions incident={incident} plan={plan.data} refresh={() => void plan.refetch()} />}
    </>
  )
}
