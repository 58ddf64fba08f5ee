import type { Me } from '@toneout/contract/model/person.ts'
import { Refused } from '../access/ask.ts'
import { mayDispatch } from '../access/session.ts'
import { BackToLists } from '../calls/call-head.tsx'
import { isOpen } from '../live/centre.ts'
import { useCentre } from '../live/use-live.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { Actions } from './actions.tsx'
import { IncidentCalls } from './incident-calls.tsx'
import { IncidentFacts, IncidentHead } from './incident-facts.tsx'
import { PlanSection } from './plan-section.tsx'
import { SentUnits } from './sent-units.tsx'
import { useIncident, usePlan } from './use-incidents.ts'

/** Everything known of one incident and, for those who may, what can be done about it. */
export function SelectedIncident({ id, person }: { id: number; person: Me }) {
  const query = useIncident(id)
  const incident = useCentre().incidents.get(id)?.row
  const may = incident !== undefined && isOpen(incident) && mayDispatch(person)
  const plan = usePlan(id, may)
  const gone = query.error instanceof Refused && query.error.status === 404
  return (
    <>
      <BackToLists />
      {incident && <IncidentHead incident={incident} />}
      {gone && <Empty>There is no incident {id} here.</Empty>}
      {query.isError && !gone && (
        <Failed
          what="The incident"
          error={query.error}
          since={query.errorUpdatedAt}
          retry={() => void query.refetch()}
          busy={query.isFetching}
        />
      )}
      {!incident && !query.isError && <Skeleton rows={6} what="the incident" />}
      {incident && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        <section className="scroll incident-body" aria-label="About the incident" tabIndex={0}>
          <SentUnits incident={incident} />
          {may && <PlanSection query={plan} />}
          <IncidentFacts incident={incident} />
          <IncidentCalls id={id} />
        </section>
      )}
      {may && <Actions incident={incident} plan={plan.data} refresh={() => void plan.refetch()} />}
    </>
  )
}
