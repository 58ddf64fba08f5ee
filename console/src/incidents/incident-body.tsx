import type { Incident } from '@toneout/contract/model/incident.ts'
import { CallFacts } from '../calls/call-facts.tsx'
import { FindingsList } from '../calls/findings-list.tsx'
import { useSelection } from '../calls/use-selection.ts'
import { isOpen } from '../live/centre.ts'
import { useBoard, useCentre } from '../live/use-live.ts'
import { Actions } from './actions.tsx'
import { CloseForm } from './close-form.tsx'
import { IncidentCalls } from './incident-calls.tsx'
import { IncidentFacts } from './incident-facts.tsx'
import { IncidentLog } from './incident-log.tsx'
import { PlaceForm } from './place-form.tsx'
import { PlanSection } from './plan-section.tsx'
import { SentUnits } from './sent-units.tsx'
import { useChoice } from './use-choice.ts'
import { usePlan } from './use-incidents.ts'
import { usePress } from './use-press.ts'

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
          <SentUnits incident={incident} />
        </section>
      )}
    </div>
  )
}

function Known({ incident, dispatches }: BodyProps) {
  const { call: sid } = useSelection()
  const call = useBoard().calls.get(sid ?? '')?.row
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className="half scroll" aria-label="About the incident" tabIndex={0}>
      {call && <FindingsList sid={call.call_sid} confirms={dispatches} />}
      {dispatches && isOpen(incident) && incident.latitude === null && (
        <PlaceForm key={`${incident.id} ${incident.location}`} incident={incident} />
      )}
      <IncidentFacts incident={incident} />
      {call && <CallFacts call={call} reveals={dispatches} />}
      <IncidentCalls id={incident.id} />
      <IncidentLog id={incident.id} />
    </section>
  )
}

function Doing({ incident }: { incident: Incident }) {
  const plan = usePlan(incident.id, true)
  const choice = useChoice(plan.data)
  const pressing = usePress(incident, plan.data, choice)
  const { assignments } = useCentre()
  const isSent = [...assignments.values()].some(({ row }) => row.incident_id === incident.id)
  const awaits = incident.awaiting_close_since !== null
  return (
    <section className="half" aria-label="What can be done">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className="scroll" aria-label="Units and plan" tabIndex={0}>
        {isSent && <SentUnits incident={incident} />}
        <PlanSection query={plan} choice={choice} />
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
