import type { Call } from '@toneout/contract/model/call.ts'
import type { LiveFact } from '@toneout/contract/model/fact.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'

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

export function aFact(id: number, call: Call | null, interaction: Interaction | null = null): LiveFact {
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
  }
}
