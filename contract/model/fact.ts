import { z } from 'zod'
import { type AssignmentStatus, assignment } from './assignment.ts'
import { call } from './call.ts'
import { shownHospital } from './hospital.ts'
import { incident } from './incident.ts'
import { interaction } from './interaction.ts'
import { knownPosition } from './position.ts'
import { instant, rowId } from './text.ts'
import { unit } from './unit.ts'

/** Types of facts written so far; each slice adds its own. */
export const factTypes = [
  'call_opened',
  'interaction_added',
  'interaction_revised',
  'call_updated',
  'call_completed',
  'call_lost_contact',
  'incident_raised',
  'call_linked',
  'incident_updated',
  'unit_assigned',
  'assignment_acknowledged',
  'unit_en_route',
  'unit_on_scene',
  'unit_at_patient',
  'unit_transporting',
  'unit_at_hospital',
  'unit_handed_over',
  'unit_cleared',
  'unit_cancelled',
  'unit_diverted',
  'unit_delayed',
  'hospital_chosen',
  'duress_raised',
  'duress_acknowledged',
  'duress_cleared',
  'unit_changed',
  'unit_duty_changed',
  'hospital_changed',
  'station_changed',
  'incident_closed',
  'incident_cancelled',
  'incident_reopened',
  'calls_merged',
  'calls_split',
  'rule_overridden',
  'caller_data_revealed',
  'caller_number_searched',
  'words_read',
  'recording_heard',
  'caller_data_erased',
  'desk_words_erased',
  'positions_erased',
  'history_cut',
  'history_checked',
  'call_held',
  'call_released',
  'call_taken_over',
  'call_marked',
  'findings_told',
  'finding_confirmed',
  'note_added',
  'message_sent',
  'message_read',
  'unit_moved',
  'correction_made',
  'handover_written',
  'setting_changed',
  'history_imported',
  'export_begun',
  'export_made',
  'export_fetched',
  'person_signed_in',
  'sign_in_failed',
  'sign_in_blocked',
  'signed_out_everywhere',
  'password_changed',
  'second_factor_added',
  'second_factor_removed',
  'recovery_codes_replaced',
  'second_factor_reset',
  'person_added',
  'person_changed',
  'password_replaced',
  'key_made',
  'key_changed',
  'key_revoked',
  'paramedic_changed',
  'dispatcher_changed',
  'closure_set',
  'closure_lifted',
  'message_delivered',
  'message_failed',
  'message_acknowledged',
  'message_resent',
  'webhook_changed',
  'webhook_paused',
  'contact_changed',
  'channel_tested',
  'contact_test_started',
  'webhook_tested',
  'crew_alerted_again',
  'alarm_raised',
  'alarm_acknowledged',
  'alarm_ended',
] as const
export type FactType = (typeof factTypes)[number]

/** The fact that tells of each status of an assignment. */
export const factOfStatus: Readonly<Record<AssignmentStatus, FactType>> = {
  ASSIGNED: 'unit_assigned',
  ACKNOWLEDGED: 'assignment_acknowledged',
  EN_ROUTE: 'unit_en_route',
  ON_SCENE: 'unit_on_scene',
  AT_PATIENT: 'unit_at_patient',
  TRANSPORTING: 'unit_transporting',
  AT_HOSPITAL: 'unit_at_hospital',
  HANDOVER_DONE: 'unit_handed_over',
  CLEARED: 'unit_cleared',
  CANCELLED: 'unit_cancelled',
  DIVERTED: 'unit_diverted',
}

export const actorKinds = ['person', 'key', 'system'] as const

/** Who did it. `name` is a username or a key's name, `system` for the server itself. */
export const actor = z.object({ kind: z.enum(actorKinds), id: rowId.nullable(), name: z.string() })
export type Actor = z.output<typeof actor>

/** The server itself, or a part or command of it that goes by a name of its own. */
export const systemActor = (name = 'system'): Actor => ({ kind: 'system', id: null, name })

/**
 * One line of the timeline. `id` is the stream's cursor. `data` never holds a caller's number or words: facts
 * are for ever and hash-chained, caller data must be erasable.
 */
export const fact = z
  .object({
    id: rowId,
    at: instant,
    type: z.enum(factTypes),
    actor,
    call_id: rowId.nullable(),
    incident_id: rowId.nullable(),
    unit_id: rowId.nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Fact' })
export type Fact = z.output<typeof fact>

/**
 * A fact as the live stream sends it, with the rows it is about as they are when it is read: at least as new
 * as the fact. Null for what it is not about; `assignment` and `hospital` also by the ids in `data`.
 * `left_hospital` is the one that a unit no longer goes to, whose inbound units are fewer now.
 */
export const liveFact = fact
  .extend({
    call: call.nullable(),
    interaction: interaction.nullable(),
    incident: incident.nullable(),
    unit: unit.nullable(),
    assignment: assignment.nullable(),
    hospital: shownHospital.nullable(),
    left_hospital: shownHospital.nullable(),
  })
  .meta({ id: 'LiveFact' })
export type LiveFact = z.output<typeof liveFact>

/** What the live stream sends about units that moved: each where it is now, at most 8,000 in one event. */
export const movedUnits = z
  .object({ units: z.array(knownPosition.omit({ unit_number: true })) })
  .meta({ id: 'MovedUnits' })
export type MovedUnits = z.output<typeof movedUnits>
