import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FactType, factTypes } from '@toneout/contract/model/fact.ts'
import { type WebhookEvent, webhookEvents } from '@toneout/contract/model/message.ts'
import { eventOf } from './rules-events.ts'

const changed = (name: string, action = 'changed') => ({ action, changes: { [name]: { from: 1, to: 2 } } })

/** Every fact that is an event, by what it holds; whatever is not here is none. */
const told: [FactType, object, WebhookEvent | undefined][] = [
  ['incident_raised', {}, 'NEW_EMERGENCY'],
  ['unit_assigned', {}, 'UNIT_DISPATCHED'],
  ['alarm_raised', { stage: 'DESK' }, 'AMBULANCE_ALARM'],
  ['crew_alerted_again', {}, 'AMBULANCE_ALARM'],
  ['duress_raised', {}, 'AMBULANCE_ALARM'],
  ['assignment_acknowledged', {}, 'STATUS_UPDATE'],
  ['unit_en_route', {}, 'STATUS_UPDATE'],
  ['unit_on_scene', {}, 'STATUS_UPDATE'],
  ['unit_at_patient', {}, 'STATUS_UPDATE'],
  ['unit_transporting', {}, 'STATUS_UPDATE'],
  ['unit_at_hospital', {}, 'STATUS_UPDATE'],
  ['unit_handed_over', {}, 'STATUS_UPDATE'],
  ['unit_cleared', {}, 'STATUS_UPDATE'],
  ['unit_cancelled', { declined: true }, 'STATUS_UPDATE'],
  ['unit_diverted', { to_incident_id: 8 }, 'STATUS_UPDATE'],
  ['unit_delayed', { minutes: 5 }, 'STATUS_UPDATE'],
  ['hospital_chosen', { hospital_id: 2, was: 1 }, 'STATUS_UPDATE'],
  ['correction_made', { milestone: 'on_scene_at' }, 'STATUS_UPDATE'],
  ['unit_duty_changed', { from: 'ON_DUTY', to: 'OFF_DUTY' }, 'STATUS_UPDATE'],
  ['unit_changed', changed('unit_number'), undefined],
  ['unit_changed', changed('unit_number', 'created'), 'STATUS_UPDATE'],
  ['unit_changed', changed('retired_at', 'retired'), 'STATUS_UPDATE'],
  ['unit_changed', changed('retired_at', 'restored'), 'STATUS_UPDATE'],
  ['incident_updated', changed('priority'), 'STATUS_UPDATE'],
  ['incident_updated', { changes: { priority: {}, location: {} } }, 'LOCATION_UPDATE'],
  ['incident_updated', changed('latitude'), 'LOCATION_UPDATE'],
  ['incident_closed', {}, 'STATUS_UPDATE'],
  ['incident_cancelled', {}, 'STATUS_UPDATE'],
  ['incident_reopened', {}, 'STATUS_UPDATE'],
  ['calls_merged', { from_id: 7, into_id: 8 }, 'STATUS_UPDATE'],
  ['calls_merged', { from_id: 8, into_id: 7 }, undefined],
  ['calls_split', { from_id: 7, into_id: 8 }, 'STATUS_UPDATE'],
  ['calls_split', { from_id: 8, into_id: 7 }, undefined],
  ['alarm_acknowledged', {}, 'STATUS_UPDATE'],
  ['alarm_ended', {}, 'STATUS_UPDATE'],
  ['duress_acknowledged', {}, 'STATUS_UPDATE'],
  ['duress_cleared', {}, 'STATUS_UPDATE'],
  ['unit_moved', { to: 'STATION' }, 'LOCATION_UPDATE'],
  ['hospital_changed', changed('available_beds'), 'CAPACITY_UPDATE'],
  ['hospital_changed', changed('total_beds'), 'CAPACITY_UPDATE'],
  ['hospital_changed', changed('emergency_capacity'), 'CAPACITY_UPDATE'],
  ['hospital_changed', changed('diversion'), 'CAPACITY_UPDATE'],
  ['hospital_changed', changed('retired_at', 'retired'), 'CAPACITY_UPDATE'],
  ['hospital_changed', changed('phone'), undefined],
]
for (const [type, data, expected] of told) {
  test(`${type} ${JSON.stringify(data)} is ${expected}`, () =>
    assert.equal(eventOf({ type, incident_id: 7, data: data as never }), expected))
}

test('every other fact is told to no program, and every event has a fact', () => {
  const named = new Set(told.map(([type]) => type))
  const others = factTypes.filter((type) => !named.has(type))
  assert.deepEqual(
    others.filter((type) => eventOf({ type, incident_id: 7, data: changed('location') }) !== undefined),
    [],
  )
  assert.deepEqual([...new Set(told.flatMap(([, , event]) => event ?? []))].sort(), [...webhookEvents].sort())
})
