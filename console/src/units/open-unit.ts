import type { Unit } from '@toneout/contract/model/unit.ts'
import { openIncident } from '../calls/select.ts'
import { openSide } from '../frame/side-store.ts'

/** What a unit is on; of one that is free, the unit itself. Says whether an incident was opened. */
export function openUnit({ id, incident_id }: Pick<Unit, 'id' | 'incident_id'>): boolean {
  if (incident_id === null) openSide({ is: 'unit', id })
  else openIncident(incident_id)
  return incident_id !== null
}
