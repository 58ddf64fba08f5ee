import type { Call } from '@toneout/contract/model/call.ts'
import { shortNumber } from '../line/world.ts'
import { waitsForUnit } from '../live/centre.ts'
import { useCentre } from '../live/use-live.ts'
import { PriorityMark } from '../ui/priority-mark.tsx'
import { onLineWords } from '../ui/words.ts'
import { wantsPerson } from './wants-person.ts'

/** Filled until a unit is on its way. */
export function CardMark({ call }: { call: Call }) {
  const incident = useCentre().incidents.get(call.incident_id ?? -1)?.row
  return <PriorityMark call={call} waits={incident && waitsForUnit(incident)} />
}

/** The incident it is about, as the line calls it. */
export function CardIncident({ call }: { call: Call }) {
  const { incidents } = useCentre()
  const number = incidents.get(call.incident_id ?? -1)?.row.incident_number
  return number ? <small className="mono">{shortNumber(number)}</small> : null
}

/** Who has the caller on the line; filled only while a person must act. */
export function CardState({ call }: { call: Call }) {
  if (wantsPerson(call)) return <span className="chip alarm">Wants a person</span>
  if (call.lost_contact) return <span className="chip alarm">Lost contact</span>
  if (call.handoff) return <small>{call.handoff.by} on line</small>
  return <small>{onLineWords(call.answered_by)}</small>
}
