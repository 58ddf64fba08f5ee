import type { Incident } from '@toneout/contract/model/incident.ts'
import { openSide } from '../frame/side-store.ts'
import { isOpen } from '../live/centre.ts'

/** To the forms beside the boards. */
export function HeadActs({ incident }: { incident: Incident }) {
  if (!isOpen(incident)) return null
  return (
    <div className="head-acts">
      <button type="button" className="button" onClick={() => openSide({ is: 'edit', id: incident.id })}>
        Edit
      </button>
      <button type="button" className="button" onClick={() => openSide({ is: 'end', id: incident.id })}>
        Close, join
      </button>
    </div>
  )
}
