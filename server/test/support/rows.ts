import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'

/** An instant so many minutes after seven. */
export const at = (minutes: number) => new Date(Date.UTC(2026, 10, 21, 7, minutes)).toISOString()

/** Rows for tests of pure rules; what is not said is the simplest. */
export const incident = (more: Partial<Incident> = {}): Incident => ({
  id: 1,
  incident_number: 'I-26-000001',
  status: 'RECEIVED',
  priority: 2,
  emergency_type: 'CARDIAC',
  location: '12 Harbour St',
  latitude: 37.77,
  longitude: -122.41,
  notes: '',
  received_at: at(0),
  closed_at: null,
  reopened_at: null,
  awaiting_close_since: null,
  disposition: null,
  merged_into: null,
  ...more,
})

const never = {
  acknowledged_at: null,
  en_route_at: null,
  on_scene_at: null,
  at_patient_at: null,
  transporting_at: null,
  at_hospital_at: null,
  handover_done_at: null,
  cleared_at: null,
  cancelled_at: null,
  diverted_at: null,
  corrections: {},
}
const people = { unit_id: 5, paramedic_id: null, hospital_id: null, dispatcher_id: null }
export const sent = (more: Partial<Assignment> = {}): Assignment => ({
  ...{ id: 10, incident_id: 1, status: 'ASSIGNED', assigned_at: at(1), reason: null },
  ...{ ...people, ...never, ...more },
})

export const call = (more: Partial<Call> = {}): Call => ({
  ...{ id: 3, call_sid: 'CA1', caller_number: '+15550142', location: '12 Harbour St', status: 'ACTIVE' },
  ...{ emergency_type: 'CARDIAC', incident_number: null, priority_level: null, created_at: at(0) },
  ...{ answered_at: null, completed_at: null, duration_seconds: null, category: 'GENERAL', latitude: 37.77 },
  ...{ longitude: -122.41, escalated_to_911: false, units_dispatched: false, incident_id: null },
  ...{ language: null, answered_by: null, lost_contact: false, handoff: null, ...more },
})
