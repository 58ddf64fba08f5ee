import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { portHalvard } from './city/atlas.ts'
import { decide, dispositionOf, mayBeOurs, type View } from './desk.ts'
import { cornerIn } from './fleet.ts'

const now = Date.parse('2026-11-21T10:00:00Z')
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString()
const me = 4
const { latitude, longitude } = cornerIn('Millrace', 1)

const incident = (more: Partial<Incident> = {}) =>
  ({
    id: 9,
    status: 'RECEIVED',
    priority: 2,
    emergency_type: 'MEDICAL',
    location: 'Weir Street',
    latitude,
    longitude,
    received_at: ago(60),
    closed_at: null,
    awaiting_close_since: null,
    ...more,
  }) as Incident
const assigned = (more: Partial<Assignment> = {}) =>
  ({
    id: 1,
    status: 'EN_ROUTE',
    dispatcher_id: me,
    on_scene_at: null,
    transporting_at: null,
    ...more,
  }) as Assignment
const call = (more: Partial<Call>) =>
  ({
    id: 1,
    emergency_type: 'MEDICAL',
    priority_level: null,
    latitude: null,
    longitude: null,
    ...more,
  }) as Call
const person = (id: number, seconds: number, type: View['facts'][number]['type'] = 'unit_assigned') =>
  ({ at: ago(seconds), type, actor: { kind: 'person', id, name: 'x' } }) as const

type Given = Partial<Omit<View, 'incident'>> & { incident?: Incident; assignments?: Assignment[] }
function decided({ incident: one = incident(), assignments = [], ...more }: Given = {}) {
  const given = { facts: [], calls: [], others: [], me, now, waited: 60_000, waitedOf: () => 60_000, ...more }
  return decide({ ...given, incident: { ...one, assignments } })
}
const plain = { do: 'send', correction: {} }
const leave = { do: 'leave' }

test('what waits is sent units, and what has them is asked about again until one is there', () => {
  assert.deepEqual(decided(), plain)
  assert.deepEqual(decided({ assignments: [assigned()] }), plain)
  assert.deepEqual(decided({ assignments: [assigned({ on_scene_at: ago(1) })] }), leave)
})

test('what a person has begun is left to the person', () => {
  assert.deepEqual(decided({ facts: [person(8, 100)] }), leave)
  assert.deepEqual(decided({ facts: [person(8, 200)] }), plain, 'three minutes later it is helped')
  assert.deepEqual(decided({ facts: [person(me, 100)] }), plain, 'its own work')
  assert.deepEqual(decided({ assignments: [assigned({ dispatcher_id: 8 })], facts: [person(8, 900)] }), leave)
  const ended = incident({ awaiting_close_since: ago(20) })
  assert.deepEqual(decided({ incident: ended }), { do: 'close' })
  assert.deepEqual(decided({ incident: ended, facts: [person(8, 100)] }), leave)
})

test('an incident elsewhere is none of its business', () => {
  const elsewhere = { latitude: 37.77, longitude: -122.42 }
  for (const more of [{}, { awaiting_close_since: ago(900) }, { received_at: ago(90_000) }]) {
    assert.deepEqual(decided({ incident: incident({ ...elsewhere, ...more }) }), leave)
  }
  assert.deepEqual([mayBeOurs(incident(elsewhere)), mayBeOurs(incident())], [false, true])
  const lost = incident({ latitude: null, longitude: null, location: '12 Elm Street' })
  assert.deepEqual(decided({ incident: lost }), leave)
})

test('what the calls have told since then is put right, unless a person did it', () => {
  const calls = [
    call({ id: 6, emergency_type: 'TRAUMA', priority_level: 'LOW' }),
    call({ id: 5, emergency_type: 'CARDIAC', priority_level: 'CRITICAL', latitude, longitude }),
  ]
  const noPin = incident({ latitude: null, longitude: null, location: 'here' })
  const correction = { emergency_type: 'CARDIAC', priority: 1, latitude, longitude }
  assert.deepEqual(decided({ incident: noPin, calls }), { do: 'send', correction })
  assert.deepEqual(decided({ calls, facts: [person(8, 900, 'incident_updated')] }), plain)
  const [one] = portHalvard().doors.get('Millrace') ?? []
  const corner = `12 ${one?.name}, Millrace`
  const byWords = decided({ incident: { ...noPin, location: corner } })
  assert.ok(byWords.do === 'send' && typeof byWords.correction.latitude === 'number')
  const street = decided({ incident: { ...noPin, location: `${one?.name}, Millrace` } })
  assert.ok(street.do === 'send' && (street.correction.latitude ?? 0) > 40, 'a street without a number')
})

test('the same emergency told twice is one, unless a person has split it', () => {
  const other = incident({ id: 8, emergency_type: 'TRAUMA', received_at: ago(200) })
  assert.deepEqual(decided({ others: [other] }), { do: 'merge', into_id: 8 })
  const cases: Partial<Incident>[] = [
    { id: 10 },
    { emergency_type: 'FIRE' },
    { latitude: latitude + 0.002 },
    { latitude: null },
    { awaiting_close_since: ago(5) },
  ]
  for (const more of cases) assert.deepEqual(decided({ others: [{ ...other, ...more }] }), plain)
  const longAgo = { others: [other], waitedOf: () => 1_300_000 }
  assert.deepEqual(decided(longAgo), plain)
  assert.deepEqual(decided({ others: [other], facts: [person(8, 900, 'calls_split')] }), plain)
  assert.deepEqual(decided({ others: [other], assignments: [assigned()] }), plain)
})

test('who has waited an hour of the simulation is not sent anybody any more', () => {
  const old = incident({ received_at: ago(1_801) })
  const waited = 3_601_000
  assert.deepEqual(decided({ incident: old, waited }), { do: 'cancel' })
  assert.deepEqual(decided({ incident: old, waited: 1_801_000 }), plain)
  assert.deepEqual(decided({ incident: incident({ received_at: ago(170) }), waited }), plain)
  assert.deepEqual(
    decided({ incident: old, waited, facts: [person(8, 900)] }),
    plain,
    'a person may still want it',
  )
})

test('the disposition follows from what the units did', () => {
  const patient = { total: 1, takers: new Set<number>(), otherwise: 'REFUSED' } as const
  const there = assigned({ on_scene_at: ago(5) })
  assert.equal(dispositionOf([assigned()], patient), 'CANCELLED_BEFORE_ARRIVAL')
  assert.equal(dispositionOf([assigned(), there], patient), 'REFUSED')
  const taken = assigned({ on_scene_at: ago(5), transporting_at: ago(1) })
  assert.equal(dispositionOf([there, taken], patient), 'TREATED_AND_TRANSPORTED')
})
