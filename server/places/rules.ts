import type { AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import { capacityFields, type HospitalChange } from '@toneout/contract/model/hospital.ts'
import type { StationChange } from '@toneout/contract/model/station.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { type FieldErrors, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { keepers, type Role } from '@toneout/contract/roles.ts'
import { crowTimes, type Position } from '../lib/geo.ts'

/** What may be changed of each kind of place. */
export type Change = { hospital: HospitalChange; station: StationChange }

/** Why somebody of this role may not change these fields of a hospital; undefined when all are allowed. */
export function refuseFields(role: Role, body: HospitalChange): Refusal | undefined {
  if ((keepers as readonly Role[]).includes(role)) return undefined
  const free: readonly string[] = capacityFields
  const held = Object.keys(body).filter((name) => !free.includes(name))
  if (held.length === 0) return undefined
  const fields: FieldErrors = {}
  for (const name of held) fields[name] = ['Only a supervisor or an admin may change this.']
  return refuse('forbidden', { fields })
}

/** Milliseconds after which a position says nothing any more of when a unit arrives; our own choice. */
const usableAge = 300_000

type Comer = Pick<Unit, 'latitude' | 'longitude' | 'position_at'> & {
  status: AssignmentStatus
  /** Of the incident: 1 threat to life to 4 routine. */
  priority: number
}

/**
 * Seconds until a unit is at the place, from the straight line. Null unless it is on its way there with a
 * patient: whoever is still on the way to the scene has a stop in between that nobody knows the length of.
 */
export function etaSeconds(unit: Comer, place: Position, at: string): number | null {
  if (unit.status !== 'TRANSPORTING' || unit.position_at === null) return null
  if (Date.parse(at) - Date.parse(unit.position_at) > usableAge) return null
  const profile = unit.priority <= 2 ? 'siren' : 'normal'
  const seconds = crowTimes([unit], place, profile, at)[0]?.seconds
  return seconds === undefined ? null : Math.round(seconds)
}

type Beds = { total_beds: number; available_beds: number }

/** Why the beds of a hospital cannot become these; the field that was sent is to blame. */
export function refuseBeds(before: Beds, sent: Partial<Beds>): Refusal | undefined {
  const total = sent.total_beds ?? before.total_beds
  const available = sent.available_beds ?? before.available_beds
  if (available <= total) return undefined
  const fields: FieldErrors =
    sent.available_beds === undefined
      ? { total_beds: [`Must be at least available_beds (${available}).`] }
      : { available_beds: [`Must be at most total_beds (${total}).`] }
  return refuse('invalid', { fields })
}

const users = {
  hospital: (count: number) => `${count} live assignments go there; it can be retired once none does.`,
  station: (count: number) => `${count} units wait there; give them another station first.`,
} as const

/** Why a place cannot be taken out of use; undefined when it can. */
export function refuseRetirement(kind: keyof typeof users, count: number): Refusal | undefined {
  return count === 0 ? undefined : refuse('in_use', { detail: users[kind](count) })
}
