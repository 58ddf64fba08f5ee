import type { Call } from '@toneout/contract/model/call.ts'
import { focusDetail, openIncident } from '../calls/select.ts'
import { useCentre } from '../live/use-live.ts'
import { plain } from '../ui/words.ts'
import { inWords } from './incident-row.tsx'
import { RaiseForm } from './lazy-parts.tsx'
import { useCrews } from './use-incidents.ts'

type LineProps = { call: Call; raises: boolean }

/**
 * The incident a call is about; its line is there before there is one, so that nothing moves. `raises`:
 * whether who looks at it may raise one.
 */
export function CallIncident({ call, raises }: LineProps) {
  const { incidents } = useCentre()
  const crewsOf = useCrews()
  const id = call.incident_id
  if (id === null && raises) return <RaiseForm key={call.call_sid} call={call} />
  if (id === null) return <p className="call-incident">No incident yet</p>
  const incident = incidents.get(id)?.row
  return (
    <p className="call-incident">
      <button
        type="button"
        className="link"
        onClick={() => {
          openIncident(id)
          focusDetail()
        }}
      >
        Incident {incident?.incident_number ?? call.incident_number ?? id}
      </button>
      {incident && <span>{plain(incident.status)}</span>}
      <span className="words">{inWords(crewsOf(id))}</span>
    </p>
  )
}
