import type { Fact, FactType } from '@toneout/contract/model/fact.ts'
import type { WebhookEvent } from '@toneout/contract/model/message.ts'

const places = ['location', 'latitude', 'longitude']
const capacities = ['available_beds', 'total_beds', 'emergency_capacity', 'diversion', 'retired_at']

type Told = Pick<Fact, 'incident_id' | 'data'>
type Reading = WebhookEvent | ((fact: Told) => WebhookEvent | undefined) | undefined

const touches = ({ data }: Told, names: readonly string[]) =>
  names.some((name) => Object.hasOwn((data.changes ?? {}) as object, name))

/** A merge is a fact of both incidents; it is told once, for the one that ends or is there again. */
const ofOneThatMoved: Reading = ({ incident_id, data }) =>
  incident_id === data.from_id ? 'STATUS_UPDATE' : undefined

/** Every type of fact is here, so that a new one cannot be forgotten. */
const events: Readonly<Record<FactType, Reading>> = {
  incident_raised: 'NEW_EMERGENCY',
  unit_assigned: 'UNIT_DISPATCHED',

  alarm_raised: 'AMBULANCE_ALARM',
  crew_alerted_again: 'AMBULANCE_ALARM',
  duress_raised: 'AMBULANCE_ALARM',

  assignment_acknowledged: 'STATUS_UPDATE',
  unit_en_route: 'STATUS_UPDATE',
  unit_on_scene: 'STATUS_UPDATE',
  unit_at_patient: 'STATUS_UPDATE',
  unit_transporting: 'STATUS_UPDATE',
  unit_at_hospital: 'STATUS_UPDATE',
  unit_handed_over: 'STATUS_UPDATE',
  unit_cleared: 'STATUS_UPDATE',
  unit_cancelled: 'STATUS_UPDATE',
  unit_diverted: 'STATUS_UPDATE',
  unit_delayed: 'STATUS_UPDATE',
  hospital_chosen: 'STATUS_UPDATE',
  correction_made: 'STATUS_UPDATE',
  unit_duty_changed: 'STATUS_UPDATE',
  unit_changed: ({ data }) => (data.action === 'changed' ? undefined : 'STATUS_UPDATE'),
  incident_updated: (fact) => (touches(fact, places) ? 'LOCATION_UPDATE' : 'STATUS_UPDATE'),
  incident_closed: 'STATUS_UPDATE',
  incident_cancelled: 'STATUS_UPDATE',
  incident_reopened: 'STATUS_UPDATE',
  calls_merged: ofOneThatMoved,
  calls_split: ofOneThatMoved,
  alarm_acknowledged: 'STATUS_UPDATE',
  alarm_ended: 'STATUS_UPDATE',
  duress_acknowledged: 'STATUS_UPDATE',
  duress_cleared: 'STATUS_UPDATE',

  unit_moved: 'LOCATION_UPDATE',
  hospital_changed: (fact) => (touches(fact, capacities) ? 'CAPACITY_UPDATE' : undefined),

  // What calls tell is told by the incident they become; their words and numbers are for nobody outside.
  call_opened: undefined,
  interaction_added: undefined,
  interaction_revised: undefined,
  call_updated: undefined,
  call_completed: undefined,
  call_lost_contact: undefined,
  call_linked: undefined,
  call_held: undefined,
  call_released: undefined,
  call_taken_over: undefined,
  call_marked: undefined,
  findings_told: undefined,
  finding_confirmed: undefined,

  // Told already by the fact that goes with it, or the desk's own.
  rule_overridden: undefined,
  note_added: undefined,
  message_sent: undefined,
  message_read: undefined,
  handover_written: undefined,
  message_delivered: undefined,
  message_failed: undefined,
  message_acknowledged: undefined,
  message_resent: undefined,

  // The centre itself: its places, roads, people, access, data.
  station_changed: undefined,
  closure_set: undefined,
  closure_lifted: undefined,
  setting_changed: undefined,
  paramedic_changed: undefined,
  dispatcher_changed: undefined,
  webhook_changed: undefined,
  webhook_paused: undefined,
  webhook_tested: undefined,
  contact_changed: undefined,
  contact_test_started: undefined,
  channel_tested: undefined,
  person_added: undefined,
  person_changed: undefined,
  person_signed_in: undefined,
  sign_in_failed: undefined,
  sign_in_blocked: undefined,
  signed_out_everywhere: undefined,
  password_changed: undefined,
  password_replaced: undefined,
  second_factor_added: undefined,
  second_factor_removed: undefined,
  second_factor_reset: undefined,
  recovery_codes_replaced: undefined,
  key_made: undefined,
  key_changed: undefined,
  key_revoked: undefined,
  caller_data_revealed: undefined,
  caller_number_searched: undefined,
  words_read: undefined,
  recording_heard: undefined,
  caller_data_erased: undefined,
  desk_words_erased: undefined,
  positions_erased: undefined,
  history_cut: undefined,
  history_checked: undefined,
  history_imported: undefined,
  export_begun: undefined,
  export_made: undefined,
  export_fetched: undefined,
}

/** The event that webhooks are told because of a fact, one for each; undefined for none. */
export function eventOf(fact: Pick<Fact, 'type'> & Told): WebhookEvent | undefined {
  const reading = events[fact.type]
  return typeof reading === 'function' ? reading(fact) : reading
}
