import { isLive } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { useCentre } from '../live/use-live.ts'
import { Actions } from './actions.tsx'
import { CloseForm } from './lazy-parts.tsx'
import { PlanSection } from './plan-section.tsx'
import { SentUnits } from './sent-units.tsx'
import { useChoice } from './use-choice.ts'
import { usePlan } from './use-incidents.ts'
import { usePress } from './use-press.ts'

export function Doing({ incident }: { incident: Incident }) {
  const plan = usePlan(incident.id, true)
  const choice = useChoice(plan.data, incident.priority)
  const pressing = usePress(incident, plan.data, choice)
  const { assignments } = useCentre()
  const sent = [...assignments.values()].filter(({ row }) => row.incident_id === incident.id)
  const isUnderWay = sent.some(({ row }) => isLive(row.status))
  const units = sent.length > 0 && <SentUnits incident={incident} dispatches />
  const awaits = incident.awaiting_close_since !== null
  return (
    <section className="half" aria-label="What can be done">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className="scroll" aria-label="Units and plan" tabIndex={0}>
        {/* Whoever was taken back or is done stands below what is to be done now. */}
        {isUnderWay && units}
        <PlanSection query={plan} choice={choice} />
        {!isUnderWay && units}
      </section>
      <Actions
        plan={plan.data}
        choice={choice}
        pressing={pressing}
        refresh={() => void plan.refetch()}
        isQuiet={awaits}
      />
      {awaits && (
        <div className="actions">
          <CloseForm incident={incident} />
        </div>
      )}
    </section>
  )
}
