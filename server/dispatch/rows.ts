import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Hospital } from '@toneout/contract/model/hospital.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { DutyStatus, UnitType } from '@toneout/contract/model/unit.ts'
import type { NumberJson } from '../calls/caller.ts'
import type { Absorbed, Merge } from '../incidents/rules-merging.ts'

export type WorkedUnit = {
  id: number
  unit_number: string
  unit_type: UnitType
  duty: DutyStatus
  latitude: number | null
  longitude: number | null
  retired_at: string | null
}
/**
 * `caller` is the number of the first caller as it is stored, null while no call is linked; `absorbed` are
 * the incidents merged into this one.
 */
export type WorkedIncident = Incident & {
  caller: NumberJson | null
  merge_record: Merge | null
  absorbed: Absorbed[]
}
export type WorkedCall = { id: number; incident_id: number | null }
export type WorkedParamedic = {
  id: number
  full_name: string
  available: boolean
  license_expiry: string | null
  unit_id: number | null
}
export type WorkedHospital = Pick<
  Hospital,
  'id' | 'name' | 'diversion' | 'emergency_capacity' | 'retired_at'
> & { diversion_since: string | null }
/** `hospital_named_at` is null where the hospital was named with the order, or is not known yet. */
export type WorkedAssignment = Assignment & { hospital_named_at: string | null }
/** What an order is answered with; kept, because the same order_id again gets the same. */
export type DispatchReply = { incident: Incident; assignments: Assignment[]; warnings: string[] }
export type StoredOrder = {
  order_id: string
  incident_id: number
  request_hash: string
  reply: DispatchReply
}

/** The rows a group works on, locked and then loaded. */
export type Rows = {
  incidents: WorkedIncident[]
  units: WorkedUnit[]
  paramedics: WorkedParamedic[]
  hospitals: WorkedHospital[]
  /** All assignments of these incidents, and the live ones of these units and paramedics. */
  assignments: WorkedAssignment[]
  orders: StoredOrder[]
  /** Calls of incidents that are merged or split. */
  calls: WorkedCall[]
  /** Ids for new assignments. */
  ids: number[]
}
