import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concerns, firstForCrews, withoutNumbers } from './rules.ts'

const words: [said: string, shown: string][] = [
  ['He fell down the stairs', 'He fell down the stairs'],
  ['call me back on +1 (415) 555-0142 please', 'call me back on [number] please'],
  ['my number is 415.555.0142', 'my number is [number]'],
  ['5550142', '[number]'],
  ['the door code is 4417, flat 3', 'the door code is 4417, flat 3'],
  ['2140 Harbour Street, zip 94110', '2140 Harbour Street, zip 94110'],
  ['x'.repeat(401), `${'x'.repeat(399)}…`],
]
for (const [said, shown] of words) {
  test(`words without numbers: ${said.slice(0, 50)}`, () => assert.equal(withoutNumbers(said), shown))
}

test('findings come as a crew asks for them, without what the card shows and what names the caller', () => {
  const given = [
    'location',
    'allergies',
    'zebra',
    'patient',
    'caller_name',
    'door_code',
    'cpr',
    'floor',
    'phone',
  ]
  const order = firstForCrews(given.map((field) => ({ field }))).map(({ field }) => field)
  assert.deepEqual(order, ['door_code', 'floor', 'patient', 'cpr', 'allergies', 'zebra'])
})

const post = { person_id: 7, unit_id: 3, incident_id: 11 }
const none = { unit_id: null, incident_id: null, person_id: null }
const cases: [string, boolean, object][] = [
  ['the own unit', true, { unit_id: 3 }],
  ['the own incident', true, { incident_id: 11 }],
  ['the person', true, { person_id: 7 }],
  ['another unit and incident', false, { unit_id: 4, incident_id: 12, person_id: 8 }],
  ['nothing of it', false, {}],
]
for (const [name, expected, about] of cases) {
  test(`a fact about ${name}`, () => assert.equal(concerns({ ...none, ...about }, post), expected))
}
test('somebody without unit and incident is not concerned by facts without them', () =>
  assert.equal(concerns(none, { person_id: 7, unit_id: null, incident_id: null }), false))
