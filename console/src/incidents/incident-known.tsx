import type { Incident } from '@toneout/contract/model/incident.ts'
import { CallFacts } from '../calls/call-facts.tsx'
import { FindingsList } from '../calls/findings-list.tsx'
import { useDrawnSelection } from '../calls/use-selection.ts'
import { isOpen } from '../live/centre.ts'
import { useKnownCall } from '../live/use-live.ts'
import { IncidentCalls } from './incident-calls.tsx'
import { IncidentFacts } from './incident-facts.tsx'
import { IncidentLog } from './incident-log.tsx'
import { PlaceForm } from './lazy-parts.tsx'

type BodyProps = { incident: Incident; dispatches: boolean }

export function Known({ incident, dispatches }: BodyProps) {
  const { call: sid } = useDrawnSelection()
  const call = useKnownCall(sid)
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
