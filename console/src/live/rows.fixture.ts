import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import type { LiveFact } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'

/** The instant `seconds` after seven in the morning, as the server writes it. */
export const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 7) + seconds * 1000).toISOString()

/** Rows for tests, all ordinary but for what a test is about. */
export function aCall(id: number, more: Partial<Call> = {}): Call {
  return {
    id,
    call_sid: `CA${id}`,
    caller_number: '+15550142',
    location: '',
    emergency_type: null,
    incident_number: null,
    priority_level: null,
    status: 'ACTIVE',
    created_at: at(id),
    answered_at: null,
    completed_at: null,
    duration_seconds: null,
    category: 'GENERAL',
    latitude: null,
    longitude: null,
    escalated_to_911: false,
    units_dispatched: false,
    incident_id: null,
    language: null,
    answered_by: 'AI',
    lost_contact: false,
    handoff: null,
    ...more,
  }
}

export function aLine(id: number, call: Call, more: Partial<Interaction> = {}): Interaction {
  return {
    id,
    call: call.id,
    call_sid: call.call_sid,
    sequence: id,
    speaker: 'CALLER',
    message: `line ${id}`,
    timestamp: call.created_at,
    spoken_at: null,
    confidence: null,
    language: null,
    is_final: true,
    ...more,
  }
}

export function anIncident(id: number, more: Partial<Incident> = {}): Incident {
  return {
    id,
    incident_number: `I-26-${String(id).padStart(6, '0')}`,
    status: 'RECEIVED',
    priority: 2,
    emergency_type: 'MEDICAL',
    location: '21 Harbour Street',
    latitude: null,
    longitude: null,
    notes: '',
    received_at: at(id),
    closed_at: null,
    disposition: null,
    merged_into: null,
    awaiting_close_since: null,
    reopened_at: null,
    ...more,
  }
}

export function aUnit(id: number, more: Partial<Unit> = {}): Unit {
  return {
    id,
    unit_number: `M${id}`,
    unit_type: 'ADVANCED',
    status: 'AVAILABLE',
    capabilities: ['12-LEAD'],
    equipment: [],
    station_id: null,
    moved_to_station_id: null,
    max_patients: 1,
    latitude: null,
    longitude: null,
    position_at: null,
    assignment_id: null,
    incident_id: null,
    duress_at: null,
    retired_at: null,
    ...more,
  }
}

export function anAssignment(id: number, more: Partial<Assignment> = {}): Assignment {
  return {
    id,
    incident_id: 1,
    unit_id: 1,
    paramedic_id: null,
    hospital_id: null,
    dispatcher_id: null,
    status: 'ASSIGNED',
    assigned_at: at(id),
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
    reason: null,
    corrections: {},
    ...more,
  }
}

type About = Partial<Pick<LiveFact, 'type' | 'incident' | 'unit' | 'assignment'>>

export function aFact(
  id: number,
  call: Call | null,
  interaction: Interaction | null = null,
  more: About = {},
): LiveFact {
  return {
    id,
    at: at(id),
    type: interaction ? 'interaction_added' : 'call_updated',
    actor: { kind: 'system', id: null, name: 'system' },
    call_id: call?.id ?? null,
    incident_id: null,
    unit_id: null,
    data: {},
    call,
    interaction,
    incident: null,
    unit: null,
    assignment: null,
    hospital: null,
    left_hospital: null,
    ...more,
  }
}
