import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Fact, type FactType, factTypes } from '@toneout/contract/model/fact.ts'
import { wordsOf } from './rules-words.ts'

const at = '2026-11-21T14:03:10.000Z'
const find = (known: Record<number, string>) => (id: number) => known[id]
const names = {
  unit: find({ 3: 'M03' }),
  incident: find({ 11: 'I-26-000011', 12: 'I-26-000012' }),
  hospital: find({ 7: 'General', 8: 'St Mary' }),
  clock: (instant: string) => instant.slice(11, 19),
}
const anna = { kind: 'person', id: 1, name: 'anna' } as const
const fact = (type: FactType, data: Fact['data'] = {}, more: Partial<Fact> = {}): Fact => ({
  ...{ id: 1, at, type, actor: anna, call_id: null, incident_id: 11, unit_id: 3, data, ...more },
})
const change = (from: unknown, to: unknown) => ({ from, to })
const early = (seconds: number) => ({
  happened_at: new Date(Date.parse(at) - seconds * 1_000).toISOString(),
})
const merge = { from_id: 11, into_id: 12, call_ids: [1], assignment_ids: [] }
const both = { ...merge, changes: { priority: change(3, 1), received_at: change(at, at) } }
const machine = { kind: 'key', id: 2, name: 'ai' } as const
const server = { kind: 'system', id: null, name: 'system' } as const

const cases: [words: string, type: FactType, data?: Fact['data'], more?: Partial<Fact>][] = [
  ['Call taken by ai', 'call_opened', { location: 'Pier 3' }, { actor: machine }],
  ['Words of the caller written down', 'interaction_added', { speaker: 'CALLER', interaction_id: 4 }],
  ['Words of the call revised by ai', 'interaction_revised', {}, { actor: machine }],
  [
    'Call changed by ai: priority level not known -> HIGH, place, caller number',
    'call_updated',
    {
      changes: {
        priority_level: change(null, 'HIGH'),
        location: change('', 'Pier 3'),
        latitude: change(null, 37.7),
        caller_number: { withheld: true },
      },
    },
    { actor: machine },
  ],
  [
    'Call ended as completed after 3 min 20 s',
    'call_completed',
    { status: 'COMPLETED', duration_seconds: 200 },
  ],
  ['Call ended as cancelled', 'call_completed', { status: 'CANCELLED', duration_seconds: null }],
  ['No word from the call since 13:48:10', 'call_lost_contact', { quiet_since: '2026-11-21T13:48:10.000Z' }],
  [
    'I-26-000011 raised by ai: CARDIAC, priority 2, the place has no position yet',
    'incident_raised',
    { incident_number: 'I-26-000011', emergency_type: 'CARDIAC', priority: 2, needs_pin: true },
    { actor: machine },
  ],
  ['Call linked by anna', 'call_linked'],
  ['Priority 3 -> 1 by anna', 'incident_updated', { changes: { priority: change(3, 1) } }],
  [
    'Type MEDICAL -> FIRE, place, notes by anna',
    'incident_updated',
    {
      changes: {
        emergency_type: change('MEDICAL', 'FIRE'),
        location: change('a', 'b'),
        notes: change('', 'secret words'),
      },
    },
  ],
  ['M03 sent by anna', 'unit_assigned', { unit_number: 'M03' }],
  [
    'M03 sent by anna (licence rule overridden: nobody else near)',
    'unit_assigned',
    { rules: ['licence_expired'], reason: 'nobody else near' },
  ],
  ['M03 sent by anna, diverted from I-26-000012', 'unit_assigned', { diverted_from: 12 }],
  ['M99 sent by the server', 'unit_assigned', { unit_number: 'M99' }, { unit_id: 99, actor: server }],
  ['M03 acknowledged', 'assignment_acknowledged', { happened_at: at }],
  ['M03 en route', 'unit_en_route', early(0.4)],
  ['M03 on scene (reported 14:03:10, 20 s late)', 'unit_on_scene', early(20)],
  ['M03 at the patient (reported 14:03:10, 4 min late)', 'unit_at_patient', early(250)],
  ['M03 on the way to General', 'unit_transporting', { hospital_id: 7 }],
  ['M03 at the hospital', 'unit_at_hospital', { hospital_id: 70 }],
  ['M03 handed the patient over (reported 14:03:10, 2 h late)', 'unit_handed_over', early(7_300)],
  ['M03 free again', 'unit_cleared', { reason: null }],
  ['M03 free again, as the incident is closed', 'unit_cleared', { by_incident: 'CLOSED', reason: null }],
  ['M03 cancelled by anna: no patient', 'unit_cancelled', { reason: 'no patient' }],
  ['M03 declined: flat tyre', 'unit_cancelled', { reason: 'flat tyre', declined: true }],
  ['M03 cancelled by anna, as the incident is cancelled', 'unit_cancelled', { by_incident: 'CANCELLED' }],
  ['M03 diverted to I-26-000012 by anna: arrest', 'unit_diverted', { to_incident_id: 12, reason: 'arrest' }],
  [
    'M03 delayed about 5 min, road closed (reported 14:03:10, 40 s late): flood',
    'unit_delayed',
    { cause: 'ROAD_CLOSED', minutes: 5, reason: 'flood', ...early(40) },
  ],
  [
    'M03 to go to St Mary instead of General by anna: full',
    'hospital_chosen',
    { hospital_id: 8, was: 7, reason: 'full' },
  ],
  ['M03 calls for help for itself: duress, held by anna', 'duress_raised', { alarm_id: 1 }],
  ['Duress of M03 seen by anna', 'duress_acknowledged', { alarm_id: 1 }],
  ['Duress of M03 cleared by anna: spoke with them', 'duress_cleared', { reason: 'spoke with them' }],
  [
    'M03 changed by anna: type BASIC -> ADVANCED',
    'unit_changed',
    {
      action: 'changed',
      changes: { unit_type: change('BASIC', 'ADVANCED') },
    },
  ],
  ['M03 retired by anna', 'unit_changed', { action: 'retired', changes: { retired_at: change(null, at) } }],
  [
    'M03 available -> out of service by anna: flat tyre',
    'unit_duty_changed',
    {
      from: 'AVAILABLE',
      to: 'OUT_OF_SERVICE',
      reason: 'flat tyre',
    },
  ],
  [
    'General changed by anna: free beds 4 -> 3',
    'hospital_changed',
    {
      hospital_id: 7,
      action: 'changed',
      changes: { available_beds: change(4, 3) },
    },
  ],
  ['Station created by anna', 'station_changed', { station_id: 1, action: 'created', changes: {} }],
  [
    'Closed by anna: treated and transported',
    'incident_closed',
    {
      disposition: 'TREATED_AND_TRANSPORTED',
      reason: null,
      forced: false,
    },
  ],
  [
    'Cancelled by anna: false alarm, forced, radio: lost',
    'incident_cancelled',
    {
      disposition: 'FALSE_ALARM',
      reason: 'radio: lost',
      forced: true,
    },
  ],
  ['Opened again by anna: caller rang again', 'incident_reopened', { reason: 'caller rang again' }],
  ['Merged into I-26-000012 by anna', 'calls_merged', both],
  [
    'I-26-000011 merged into this one by anna; priority 3 -> 1, the clock begins with the earlier call',
    'calls_merged',
    both,
    { incident_id: 12 },
  ],
  ['I-26-000011 merged into this one by anna', 'calls_merged', merge, { incident_id: 12 }],
  ['Split from I-26-000012 by anna', 'calls_split', both],
  [
    'I-26-000011 split off again by anna; priority 1 -> 3',
    'calls_split',
    {
      ...merge,
      changes: { priority: change(1, 3) },
    },
    { incident_id: 12 },
  ],
  [
    'Crew and hospital rule overridden for M03 by anna: all busy',
    'rule_overridden',
    {
      rules: ['unit_unsuitable', 'hospital_closed'],
      reason: 'all busy',
    },
  ],
  [
    'On scene time of M03 corrected from 14:03:10 to 14:01:00 by anna: wrong button',
    'correction_made',
    {
      milestone: 'on_scene_at',
      was: at,
      now: '2026-11-21T14:01:00.000Z',
      reason: 'wrong button',
    },
  ],
  [
    'Hospital of M03 corrected from none to St Mary by anna: radio',
    'correction_made',
    {
      hospital_id: 8,
      was: null,
      now: 8,
      reason: 'radio',
    },
  ],
]

describe('a fact in words', () => {
  for (const [words, type, data, more] of cases) {
    test(words, () => assert.equal(wordsOf(fact(type, data, more), names), words))
  }
})

test('every type of fact has words, whatever its data hold, and they give no caller away', () => {
  const secret = '+15550142 help'
  const data = {
    caller_number: secret,
    message: secret,
    text: secret,
    changes: {
      caller_number: change(secret, secret),
      notes: change(secret, secret),
      location: change('', secret),
    },
  }
  for (const type of factTypes) {
    for (const given of [{}, data]) {
      const words = wordsOf(fact(type, given, { unit_id: null }), names)
      assert.match(words, /^\p{Lu}.{3,}/u, type)
      assert.doesNotMatch(words, /undefined|null|NaN|\[object|5550142/, `${type}: ${words}`)
    }
  }
})
