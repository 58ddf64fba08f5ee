import type { Call } from '@toneout/contract/model/call.ts'
import { focusDetail, openIncident } from '../calls/select.ts'
import { useCentre } from '../live/use-live.ts'
import { plain, stepWord } from '../ui/words.ts'
import { useSent } from './use-incidents.ts'

/** The incident a call is about; its line is there before there is one, so that nothing moves. */
export function CallIncident({ call }: { call: Call }) {
  const { incidents, units } = useCentre()
  const sent = useSent()
  const id = call.incident_id
  if (id === null) return <p className="call-incident">No incident yet</p>
  const incident = incidents.get(id)?.row
  const crews = (sent.get(id) ?? []).map(
    (one) => `${units.get(one.unit_id)?.row.unit_number ?? `#${one.unit_id}`} ${stepWord(one.status)}`,
  )
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
      <span className="words">{crews.join(', ')}</span>
    </p>
  )
}
