import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assignmentStatuses } from '@toneout/contract/model/assignment.ts'
import type { UnitType } from '@toneout/contract/model/unit.ts'
import type { Estimate } from '../lib/geo.ts'
import { rankUnits } from './rules.ts'
import { type Binding, type DivertableUnit, suggestDiverts } from './rules-diverts.ts'

const now = '2026-11-21T07:10:00.000Z'
const ago = (seconds: number) => new Date(Date.parse(now) - seconds * 1_000).toISOString()

type Case = { unit: DivertableUnit; seconds?: number }
const free = (id: number, seconds?: number, more: Partial<DivertableUnit> = {}): Case => ({
  seconds,
  unit: {
    ...{ id, unit_number: `M${String(id).padStart(2, '0')}`, unit_type: 'ADVANCED', duty: 'AVAILABLE' },
    ...{ live: null, has_crew: true, latitude: 37.7, longitude: -122.4, position_at: ago(10), ...more },
  },
})
const binding: Binding = {
  ...{ incident_id: 9, incident_number: 'I-26-000009', assignment_id: 90, status: 'EN_ROUTE', priority: 3 },
}
const bound = (
  id: number,
  seconds: number,
  more: Partial<Binding> = {},
  unit: Partial<DivertableUnit> = {},
) => free(id, seconds, { ...unit, live: { ...binding, ...more } })

function divert(needs: readonly UnitType[], cases: readonly Case[], priority = 1) {
  const incident = { id: 12, priority }
  const units = cases.map((one) => one.unit)
  const drives = cases.map(({ seconds }): Estimate | undefined =>
    seconds === undefined ? undefined : { seconds, metres: seconds * 12, source: 'graph', as_of: now },
  )
  const ranked = rankUnits({ needs, why: '' }, incident, units, drives, now)
  return suggestDiverts(incident, ranked, units, drives, now)
}
const ids = (found: readonly { unit_id: number }[]) => found.map((one) => one.unit_id)

describe('who could be taken from a less grave incident', () => {
  const basic = { unit_type: 'BASIC' } as const
  const cases: [name: string, needs: UnitType[], fleet: Case[], expected: number[], priority?: number][] = [
    ['a minute sooner', ['ADVANCED'], [free(1, 160), bound(2, 100)], [2]],
    ['not quite a minute', ['ADVANCED'], [free(1, 159), bound(2, 100)], []],
    ['nobody free', ['ADVANCED'], [bound(2, 900)], [2]],
    ['priority 2 too', ['ADVANCED'], [bound(2, 900)], [2], 2],
    ['not for priority 3', ['ADVANCED'], [bound(2, 900, { priority: 4 })], [], 3],
    ['not from an equal', ['ADVANCED'], [bound(2, 30, { priority: 1 })], []],
    ['not from an equal of priority 2', ['ADVANCED'], [bound(2, 30, { priority: 2 })], [], 2],
    ['not who is here already', ['ADVANCED', 'FIRE'], [bound(2, 30, { incident_id: 12 })], []],
    ['too weak', ['ADVANCED'], [bound(2, 30, {}, basic)], []],
    [
      'a weak one for the weak need',
      ['ADVANCED', 'BASIC'],
      [free(1, 9), free(3, 99, basic), bound(2, 30, {}, basic)],
      [2],
    ],
    ['one need is met better', ['ADVANCED', 'BASIC'], [free(1, 300), free(3, 40), bound(2, 100)], [2]],
    ['a stale position', ['ADVANCED'], [bound(2, 30, {}, { position_at: ago(301) })], []],
    ['no crew', ['ADVANCED'], [bound(2, 30, {}, { has_crew: false })], []],
    ['off duty after this', ['ADVANCED'], [bound(2, 30, {}, { duty: 'OFF_DUTY' })], []],
    ['no drive time', ['ADVANCED'], [free(2, undefined, { live: binding })], []],
    ['nearest first', ['ADVANCED'], [bound(2, 90), bound(3, 80), bound(4, 70)], [4, 3, 2]],
    [
      'from the least grave',
      ['ADVANCED'],
      [bound(2, 90, { priority: 2 }), bound(3, 90, { priority: 4 })],
      [3, 2],
    ],
    ['then by number', ['ADVANCED'], [bound(3, 90), bound(2, 90)], [2, 3]],
    ['three at most', ['ADVANCED'], [5, 4, 3, 2, 1].map((id) => bound(id, id * 10)), [1, 2, 3]],
    [
      'an unmet need before a faster pick',
      ['ADVANCED', 'BASIC'],
      [free(1, 500, basic), bound(2, 10, {}, basic), bound(3, 900)],
      [3, 2],
    ],
  ]
  for (const [name, needs, fleet, expected, priority] of cases) {
    test(name, () => assert.deepEqual(ids(divert(needs, fleet, priority)), expected))
  }

  for (const status of assignmentStatuses.slice(0, 8)) {
    const mayLeave = ['ASSIGNED', 'ACKNOWLEDGED', 'EN_ROUTE', 'ON_SCENE', 'AT_PATIENT'].includes(status)
    test(`${status} ${mayLeave ? 'may' : 'may not'} leave`, () =>
      assert.deepEqual(ids(divert(['ADVANCED'], [bound(2, 30, { status })])), mayLeave ? [2] : []))
  }

  test('says what is gained and what is left', () => {
    const slow = free(1, 230)
    const reasons = (fleet: Case[]) => divert(['ADVANCED'], fleet).map((one) => one.reason)
    assert.deepEqual(reasons([slow, bound(2, 100)]), ['2:10 sooner; on the way to I-26-000009, priority 3'])
    assert.deepEqual(reasons([bound(2, 100, { status: 'AT_PATIENT', priority: 4 })]), [
      'No free unit for ADVANCED; at the patient of I-26-000009, priority 4',
    ])
    const [one] = divert(['ADVANCED'], [slow, bound(2, 100)])
    const { reason, ...rest } = one!
    assert.deepEqual(rest, {
      ...{ unit_id: 2, assignment_id: 90, from_incident_id: 9, from_incident_number: 'I-26-000009' },
      ...{ from_priority: 3, seconds: 100 },
    })
  })
})
