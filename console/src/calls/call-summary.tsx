import type { Me } from '@toneout/contract/model/person.ts'
import { mayDispatch } from '../access/session.ts'
import { CallIncident } from '../incidents/call-incident.tsx'
import { useKnownCall } from '../live/use-live.ts'
import { CallFacts } from './call-facts.tsx'
import { BackToLists, CallHead } from './call-head.tsx'
import { FindingsList } from './findings-list.tsx'

/** A call without an incident: what is known of it, and how one is raised. */
export function CallSummary({ sid, person }: { sid: string; person: Me }) {
  const call = useKnownCall(sid)
  if (!call) return <BackToLists />
  const dispatches = mayDispatch(person)
  return (
    <>
      <BackToLists />
      <CallHead call={call} />
      <CallIncident call={call} raises={dispatches} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className="scroll" aria-label="About the call" tabIndex={0}>
        <FindingsList sid={sid} confirms={dispatches} />
        <CallFacts call={call} reveals={dispatches} />
      </section>
    </>
  )
}
