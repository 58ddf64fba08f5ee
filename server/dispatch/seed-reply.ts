import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { PriorityLevel } from '@toneout/contract/model/call.ts'
import type { SeedReply } from '@toneout/contract/model/dispatch.ts'
import type { Dispatched } from './dispatch-units.ts'
import type { WorkedUnit } from './rows.ts'
import { unitStatus } from './rules.ts'

/** Ranks in the words of the calls; the two of rank 4 are told as STANDARD. */
const levels: readonly PriorityLevel[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'STANDARD']

/** What the older dispatch endpoint answers, from what the order did. */
export function toSeedReply(
  { incident, assignments, units, paramedics, hospital }: Dispatched,
  dispatcherName: string,
  callerNumber: string,
): SeedReply {
  const one = assignments[0] as Assignment
  const unit = units[0] as WorkedUnit
  const paramedic = paramedics[0]
  return {
    message: 'Ambulance dispatched successfully',
    emergency_call: {
      id: incident.id,
      call_id: incident.incident_number,
      status: incident.status,
      priority: levels[incident.priority - 1] ?? 'STANDARD',
      emergency_type: incident.emergency_type,
      caller_name: 'Unknown caller',
      caller_phone: callerNumber,
      description: incident.notes,
      location_address: incident.location,
      latitude: incident.latitude,
      longitude: incident.longitude,
      assigned_ambulance: unit.id,
      assigned_ambulance_unit: unit.unit_number,
      assigned_paramedic: one.paramedic_id,
      assigned_paramedic_name: paramedic?.full_name ?? null,
      dispatcher: one.dispatcher_id,
      dispatcher_name: one.dispatcher_id === null ? null : dispatcherName,
      hospital_destination: hospital?.name ?? null,
      received_at: incident.received_at,
      dispatched_at: one.assigned_at,
      en_route_at: one.en_route_at,
      on_scene_at: one.on_scene_at,
      transporting_at: one.transporting_at,
      at_hospital_at: one.at_hospital_at,
      closed_at: incident.closed_at,
    },
    ambulance: {
      id: unit.id,
      unit_number: unit.unit_number,
      unit_type: unit.unit_type,
      status: unitStatus(unit.duty, one.status),
      current_emergency: incident.id,
      current_emergency_id: incident.incident_number,
      assigned_paramedic: one.paramedic_id,
      current_latitude: unit.latitude,
      current_longitude: unit.longitude,
    },
  }
}
