import { useMutation, useQuery } from '@tanstack/react-query'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { ask, reason } from '../access/ask.ts'
import { openIncident } from '../calls/select.ts'
import { closeSide } from '../frame/console-side.tsx'
import { openIncidents } from '../live/centre.ts'
import { useCentre } from '../live/use-live.ts'
import { Confirm } from '../ui/confirm.tsx'
import { typeWord } from '../ui/words.ts'

const others = 6

/** Those that may be the same first, with the reason; then the other open ones. */
export function JoinList({ incident }: { incident: Incident }) {
  const { incidents } = useCentre()
  const found = useQuery({
    queryKey: ['duplicates', incident.id],
    queryFn: ({ signal }) => ask('listDuplicates', { params: { id: incident.id } }, signal),
  })
  const likely = found.data?.results ?? []
  const isLikely = new Set(likely.map((row) => row.id))
  const rest = openIncidents(incidents).filter((row) => row.id !== incident.id && !isLikely.has(row.id))
  const listed = [...likely, ...rest.slice(0, others).map((row) => ({ ...row, reason: row.location }))]
  return (
    <>
      {found.isError && <p className="quiet">Suggestions could not be loaded. {reason(found.error)}</p>}
      {listed.length === 0 && <p className="quiet">No other incident is open.</p>}
      {listed.map((row) => (
        <Join key={row.id} from={incident} into={row} why={row.reason} />
      ))}
    </>
  )
}

type Into = Pick<Incident, 'id' | 'incident_number' | 'emergency_type'>

function Join({ from, into, why }: { from: Incident; into: Into; why: string }) {
  const join = useMutation({
    mutationFn: () => ask('mergeIncident', { params: { id: from.id }, body: { into_id: into.id } }),
    onSuccess: () => {
      closeSide()
      openIncident(into.id)
    },
  })
  return (
    <div className="join-row">
      <span>
        <b className="mono">{into.incident_number}</b> {typeWord(into.emergency_type)} <small>{why}</small>
      </span>
      <Confirm
        ask={`Join into ${into.incident_number}`}
        act={`Join ${from.incident_number} into ${into.incident_number}`}
        busy={join.isPending}
        onAct={() => join.mutate()}
        fault={join.isError ? reason(join.error) : null}
      >
        Its calls and units go to {into.incident_number}, which stays. This can be taken back.
      </Confirm>
    </div>
  )
}

export function Split({ incident }: { incident: Incident }) {
  const split = useMutation({
    mutationFn: () => ask('splitIncident', { params: { id: incident.id } }),
    onSuccess: () => openIncident(incident.id),
  })
  return (
    <div className="join-row">
      <b className="mono">{incident.incident_number}</b>
      <button type="button" className="button" aria-disabled={split.isPending} onClick={() => split.mutate()}>
        Take the join of {incident.incident_number} back
      </button>
      <div role="alert">{split.isError && <p className="outcome">{reason(split.error)}</p>}</div>
    </div>
  )
}
