import type { Me } from '@toneout/contract/model/person.ts'
import { Refused } from '../access/ask.ts'
import { mayDispatch } from '../access/session.ts'
import { BackToLists } from '../calls/call-head.tsx'
import { useCentre } from '../live/use-live.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { HeadActs } from './head-acts.tsx'
import { IncidentBody } from './incident-body.tsx'
import { IncidentHead } from './incident-head.tsx'
import { useIncident } from './use-incidents.ts'

/** Everything known of one incident and, for those who may, what can be done about it. */
export function SelectedIncident({ id, person }: { id: number; person: Me }) {
  const query = useIncident(id)
  const incident = useCentre().incidents.get(id)?.row
  const gone = query.error instanceof Refused && query.error.status === 404
  return (
    <>
      <BackToLists />
      {incident && (
        <IncidentHead incident={incident} acts={mayDispatch(person) && <HeadActs incident={incident} />} />
      )}
      {gone && <Empty>There is no incident {id} here.</Empty>}
      {query.isError && !gone && <Failed what="The incident" read={query} />}
      {!incident && !query.isError && <Skeleton rows={6} what="the incident" />}
      {incident && <IncidentBody incident={incident} dispatches={mayDispatch(person)} />}
    </>
  )
}
