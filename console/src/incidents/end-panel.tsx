import { useMutation, useQuery } from '@tanstack/react-query'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { ask, reason } from '../access/ask.ts'
import { openIncident } from '../calls/select.ts'
import { closeSide } from '../frame/console-side.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { openIncidents } from '../live/centre.ts'
import { useCentre } from '../live/use-live.ts'
import { Confirm } from '../ui/confirm.tsx'
import { typeWord } from '../ui/words.ts'
import { CloseForm } from './close-form.tsx'

/** An incident ends with a disposition, or because it is the same as another one. */
export function EndPanel({ id }: { id: number }) {
  const { incidents } = useCentre()
  const incident = incidents.get(id)?.row
  if (!incident) return null
  const joined = [...incidents.values()].map(({ row }) => row).filter((row) => row.merged_into === id)
  return (
    <SidePanel title={`Close or join ${incident.incident_number}`} onClose={closeSide}>
      <div className="side-part">
        <h3>How it ended</h3>
        <CloseForm incident={incident} />
      </div>
      <div className="side-part">
        <h3>The same as another incident</h3>
        <JoinList incident={incident} />
      </div>
      {joined.length > 0 && (
        <div className="side-part">
          <h3>Joined into it</h3>
          {joined.map((row) => (
            <Split key={row.id} incident={row} />
          ))}
        </div>
      )}
    </SidePanel>
  )
}

const others = 6

/** Those that may be the same first, with the reason; then the other open ones. */
function JoinList({ incident }: { incident: Incident }) {
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

function Split({ incident }: { incident: Incident }) {
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
