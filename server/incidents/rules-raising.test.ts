import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Call, callStatuses, emergencyTypes, priorityLevels } from '@toneout/contract/model/call.ts'
import { call, incident } from '../test/support/rows.ts'
import * as rules from './rules-raising.ts'

describe('raising by a call', () => {
  const nowhere = { location: ' ', latitude: null, longitude: null }
  const cases: [string, Partial<Call>, string][] = [
    ['linked', { incident_id: 4, emergency_type: null }, 'linked'],
    ['cancelled', { status: 'CANCELLED' }, 'cancelled'],
    ['type unknown', { emergency_type: null }, 'no_type'],
    ['nowhere', nowhere, 'no_place'],
    ['half a position', { ...nowhere, latitude: 37 }, 'no_place'],
    ['words only', { latitude: null, longitude: null }, 'raised, asks for a pin'],
    ['words and half a position', { longitude: null }, 'raised, asks for a pin'],
    ['position only', { location: '' }, 'raised'],
    ['position zero', { location: '', latitude: 0, longitude: 0 }, 'raised'],
    ...callStatuses
      .filter((status) => status !== 'CANCELLED')
      .map((status): [string, Partial<Call>, string] => [status, { status }, 'raised']),
    ...emergencyTypes.map((emergency_type): [string, Partial<Call>, string] => {
      const waits = emergency_type === 'POLICE' || emergency_type === 'OTHER'
      return [emergency_type, { emergency_type }, waits ? 'needs_person' : 'raised']
    }),
  ]
  for (const [name, more, expected] of cases) {
    test(`${name} -> ${expected}`, () => {
      const raising = rules.decideRaise(call(more))
      const pin = 'waits' in raising || !raising.needs_pin ? 'raised' : 'raised, asks for a pin'
      assert.equal('waits' in raising ? raising.waits : pin, expected)
      if ('waits' in raising) assert.ok(rules.waitReasons.includes(raising.waits))
    })
  }
  test('the setting is off', () => assert.deepEqual(rules.decideRaise(call(), false), { waits: 'auto_off' }))
  test('the first fields', () => {
    const { id: _, incident_number: __, ...expected } = incident()
    assert.deepEqual(rules.decideRaise(call()), { incident: expected, needs_pin: false })
    const half = rules.firstFields(call({ latitude: null }), 'POLICE')
    assert.deepEqual([half.latitude, half.longitude, half.emergency_type], [null, null, 'POLICE'])
  })
  for (const [at, level] of priorityLevels.entries()) {
    test(`priority of ${level}`, () => {
      const { priority } = rules.firstFields(call({ priority_level: level }), 'CARDIAC')
      assert.equal(priority, [4, 4, 3, 2, 1][at])
    })
  }
})

describe('incident numbers', () => {
  const cases: [string, number, number, string][] = [
    ['I-{yy}-{000000}', 2026, 4217, 'I-26-004217'],
    ['{yyyy}/{0}', 2026, 7, '2026/7'],
    ['{yy}{000}', 2105, 1234, '051234'],
    ['FIRE-{yy}-', 2026, 12, 'FIRE-26-12'],
    ['{x}{00}', 2026, 3, '{x}03'],
  ]
  for (const [template, year, count, expected] of cases) {
    test(`${template} -> ${expected}`, () =>
      assert.equal(rules.formatIncidentNumber(template, year, count), expected))
  }
})
