import type { Unit } from '@toneout/contract/model/unit.ts'
import { readUnits } from './build-fleet.ts'
import { levelOf } from './crew-times.ts'
import type { Case, DeskWork, Note } from './desk-work.ts'
import { dispatch } from './send-units.ts'
import { metresBetween } from './travel.ts'

/** Units sent at once beyond the plan, at most. */
const mostAtOnce = 4

type Placed = { latitude: number | null; longitude: number | null }

const patientsAt = ({ latitude, longitude }: Placed, { crowdAt }: Pick<DeskWork, 'crowdAt'>) =>
  latitude !== null && longitude !== null ? (crowdAt({ latitude, longitude }) ?? 0) : 0

/** Whether more than one patient is known to be there. */
export const isCrowd = (place: Placed, on: Pick<DeskWork, 'crowdAt'>) => patientsAt(place, on) > 1

/** Where many are hurt a dispatcher sends an ambulance for each, as far as there are any. */
export async function reinforce(incident: Case, note: Note, on: DeskWork): Promise<void> {
  const wanted = patientsAt(incident, on)
  if (wanted === 0 || !note.isSent) return
  const place = { latitude: incident.latitude!, longitude: incident.longitude! }
  const units = await readUnits(on.send)
  const isAmbulance = new Map(units.map(({ id, unit_type }) => [id, levelOf(unit_type) > 0]))
  const sent = incident.assignments.filter(
    (one) => isAmbulance.get(one.unit_id) && one.cancelled_at === null,
  ).length
  const metres = (unit: Unit) =>
    unit.latitude !== null && unit.longitude !== null
      ? metresBetween(place, { latitude: unit.latitude, longitude: unit.longitude })
      : Number.POSITIVE_INFINITY
  const free = units
    .filter(({ id, status }) => status === 'AVAILABLE' && on.ours.has(id) && isAmbulance.get(id))
    .sort((a, b) => metres(a) - metres(b) || a.id - b.id)
  const unit_ids = free.slice(0, Math.min(mostAtOnce, wanted - sent)).map(({ id }) => id)
  if (wanted > sent && unit_ids.length > 0) await dispatch(incident, { unit_ids }, note, on)
}
