import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aCall, anAssignment, anIncident, at } from '../live/rows.fixture.ts'
import { alarmsOf, type Scene, usualTimes } from './alarms-of.ts'

const scene = (seconds: number, more: Partial<Scene> = {}): Scene => ({
  incidents: [],
  assignments: [],
  calls: [],
  duress: [],
  unitNumber: (id) => `M${id}`,
  now: Date.parse(at(seconds)),
  isLive: true,
  times: usualTimes,
  ...more,
})
const keys = (given: Scene) => alarmsOf(given).map((one) => `${one.tone}: ${one.key}`)

const gravest = anIncident(0, { priority: 1 })
const cases: [string, Scene, string[]][] = [
  ['nothing', scene(0), []],
  ['priority 1 waits, within its time', scene(79, { incidents: [gravest] }), []],
  ['at 66 %', scene(80, { incidents: [gravest] }), ['first: wait 0 soon']],
  ['at 100 %', scene(120, { incidents: [gravest] }), ['first: wait 0 over']],
  ['priority 2', scene(300, { incidents: [anIncident(0)] }), ['other: wait 0 over']],
  ['priority 3 is no alarm', scene(9_999, { incidents: [anIncident(0, { priority: 3 })] }), []],
  [
    'by the times of the centre',
    scene(20, { incidents: [gravest], times: { ...usualTimes, waiting_seconds_1: 20 } }),
    ['first: wait 0 over'],
  ],
  ['one with a unit', scene(99, { incidents: [anIncident(0, { priority: 1, status: 'DISPATCHED' })] }), []],
  ['a crew at 29 s', scene(29, { assignments: [anAssignment(0)] }), []],
  ['a crew that has not acknowledged', scene(30, { assignments: [anAssignment(0)] }), ['other: silent 0']],
  ['acknowledged', scene(89, { assignments: [anAssignment(0, { status: 'ACKNOWLEDGED' })] }), []],
  [
    'not on its way',
    scene(90, { assignments: [anAssignment(0, { status: 'ACKNOWLEDGED' })] }),
    ['other: still 0'],
  ],
  ['on its way', scene(99, { assignments: [anAssignment(0, { status: 'EN_ROUTE' })] }), []],
  ['escalated', scene(0, { calls: [aCall(0, { status: 'ESCALATED' })] }), ['person: person 0']],
  [
    'taken over',
    scene(0, { calls: [aCall(0, { status: 'ESCALATED', handoff: { at: at(0), by: 'anna' } })] }),
    [],
  ],
  ['grave and nowhere, at 29 s', scene(29, { calls: [aCall(0, { priority_level: 'CRITICAL' })] }), []],
  ['at 30 s', scene(30, { calls: [aCall(0, { priority_level: 'CRITICAL' })] }), ['first: place 0']],
  ['grave, known', scene(30, { calls: [aCall(0, { priority_level: 'CRITICAL', location: 'Pier 1' })] }), []],
  ['grave, over', scene(30, { calls: [aCall(0, { priority_level: 'CRITICAL', completed_at: at(9) })] }), []],
  ['the feed', scene(0, { isLive: false }), ['other: feed']],
]

const duress = [{ unit: { id: 3, unit_number: 'M3' }, since: at(0) }]

describe('alarms', () => {
  for (const [name, given, expected] of cases) {
    test(name, () => assert.deepEqual(keys(given), expected))
  }
  test('crews in danger first, then the gravest, then callers, then the rest', () => {
    const given = scene(120, {
      duress,
      incidents: [gravest],
      assignments: [anAssignment(0)],
      calls: [aCall(0, { status: 'ESCALATED' })],
      isLive: false,
    })
    assert.deepEqual(keys(given), [
      `duress: duress 3 ${at(0)}`,
      'first: wait 0 over',
      'person: person 0',
      'other: silent 0',
      'other: feed',
    ])
  })
})
