import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Assignment, assignmentStatuses, isLive } from '@toneout/contract/model/assignment.ts'
import { type Incident, incidentStatuses } from '@toneout/contract/model/incident.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import { keyRoles, personRoles } from '@toneout/contract/roles.ts'
import { at, incident, sent } from '../test/support/rows.ts'
import * as rules from './rules.ts'

const now = at(30)
const ended = (status: 'CLOSED' | 'CANCELLED', more: Partial<Incident> = {}) =>
  incident({ status, disposition: 'REFUSED', closed_at: at(20), ...more })
const refusedWith = (decided: object) => (isRefusal(decided) ? decided.refused : 'nothing refused')

describe('an incident shows the furthest of its live units', () => {
  const alone = {
    ASSIGNED: 'DISPATCHED',
    ACKNOWLEDGED: 'DISPATCHED',
    EN_ROUTE: 'EN_ROUTE',
    ON_SCENE: 'ON_SCENE',
    AT_PATIENT: 'ON_SCENE',
    TRANSPORTING: 'TRANSPORTING',
    AT_HOSPITAL: 'AT_HOSPITAL',
    HANDOVER_DONE: 'AT_HOSPITAL',
    CLEARED: 'RECEIVED',
    CANCELLED: 'RECEIVED',
    DIVERTED: 'RECEIVED',
  } as const
  for (const status of assignmentStatuses) {
    for (const stored of incidentStatuses) {
      const expected = stored === 'CLOSED' || stored === 'CANCELLED' ? stored : alone[status]
      test(`${status} in ${stored} -> ${expected}`, () =>
        assert.equal(rules.deriveStatus([{ status }], stored), expected))
    }
  }
  test('nobody sent', () => assert.equal(rules.deriveStatus([], 'ON_SCENE'), 'RECEIVED'))
  test('several, in any order', () => {
    const many = (['EN_ROUTE', 'CLEARED', 'ON_SCENE', 'ASSIGNED'] as const).map((status) => ({ status }))
    assert.equal(rules.deriveStatus(many, 'RECEIVED'), 'ON_SCENE')
    assert.equal(rules.deriveStatus(many.toReversed(), 'RECEIVED'), 'ON_SCENE')
  })
})

describe('an open incident waits for its disposition only', () => {
  const served = sent({ status: 'CLEARED', on_scene_at: at(5), cleared_at: at(15) })
  const taken = (minute: number) => sent({ status: 'DIVERTED', diverted_at: at(minute) })
  const called = (minute: number) => sent({ status: 'CANCELLED', cancelled_at: at(minute) })
  const cases: [string, Assignment[], Incident['status'], string | null, number | null][] = [
    ['nobody sent', [], 'RECEIVED', null, null],
    ['cleared after being there', [served], 'RECEIVED', null, 15],
    [
      'transported with every step skipped',
      [sent({ status: 'CLEARED', transporting_at: at(5), cleared_at: at(6) })],
      'RECEIVED',
      null,
      6,
    ],
    ['cleared on the way', [sent({ status: 'CLEARED', cleared_at: at(5) })], 'RECEIVED', null, null],
    ['cancelled', [sent({ status: 'CANCELLED', cancelled_at: at(5) })], 'RECEIVED', null, null],
    ['another unit is live', [served, sent()], 'DISPATCHED', null, null],
    ['another unit was cancelled', [served, sent({ status: 'CANCELLED' })], 'RECEIVED', null, 15],
    ['another was cancelled after it', [served, called(19)], 'RECEIVED', null, 19],
    ['another unit was taken away after it', [served, taken(16)], 'RECEIVED', null, null],
    ['another unit was taken away with it', [served, taken(15)], 'RECEIVED', null, null],
    ['another unit was taken away before it', [served, taken(14)], 'RECEIVED', null, 15],
    ['taken away from the scene', [{ ...taken(9), on_scene_at: at(5) }], 'RECEIVED', null, null],
    ['reopened after it', [served], 'RECEIVED', at(20), null],
    ['reopened before it', [served], 'RECEIVED', at(10), 15],
    ['closed', [served], 'CLOSED', null, null],
    ['cancelled incident', [served], 'CANCELLED', null, null],
  ]
  for (const [name, assignments, status, reopened_at, expected] of cases) {
    test(name, () => {
      const found = rules.awaitsCloseSince(assignments, { status, reopened_at })
      assert.equal(found, expected === null ? null : at(expected))
    })
  }
})

describe('closing and cancelling: every status of a unit', () => {
  for (const [to, decide] of [
    ['CLOSED', rules.decideClose],
    ['CANCELLED', rules.decideCancel],
  ] as const) {
    for (const status of assignmentStatuses) {
      const loaded = status === 'TRANSPORTING' || status === 'AT_HOSPITAL'
      const body = { disposition: 'FALSE_ALARM', force: loaded, reason: 'radio lost' } as const
      const recalled = ['ASSIGNED', 'ACKNOWLEDGED', 'EN_ROUTE'].includes(status) && to === 'CANCELLED'
      const end = recalled
        ? { id: 10, status: 'CANCELLED', cancelled_at: now, reason: 'radio lost' }
        : { id: 10, status: 'CLEARED', cleared_at: now }
      test(`${to} with ${status}`, () => {
        assert.deepEqual(decide(incident(), [sent({ status })], body, now), {
          incident: { status: to, disposition: 'FALSE_ALARM', closed_at: now },
          assignments: isLive(status) ? [end] : [],
        })
        const unforced = decide(incident(), [sent({ status })], { ...body, force: false }, now)
        const unexplained = decide(incident(), [sent({ status })], { ...body, reason: ' ' }, now)
        assert.equal(refusedWith(unforced), loaded ? 'patient_on_board' : 'nothing refused')
        assert.equal(refusedWith(unexplained), loaded ? 'reason_required' : 'nothing refused')
      })
    }
    for (const status of incidentStatuses) {
      test(`${to} from ${status}`, () => {
        const over = status === 'CLOSED' || status === 'CANCELLED'
        const from = over ? ended(status) : incident({ status })
        const again = decide(from, [], { disposition: 'REFUSED' }, now)
        if (status === to) assert.deepEqual(again, { incident: {}, assignments: [] })
        else assert.equal(refusedWith(again), over ? 'incident_not_open' : 'nothing refused')
        const other = decide(from, [], { disposition: 'NO_PATIENT' }, now)
        assert.equal(refusedWith(other), over ? 'incident_not_open' : 'nothing refused')
        assert.equal(refusedWith(decide(from, [], { disposition: null }, now)), 'disposition_required')
      })
    }
  }
  test('a recalled unit is told the disposition when no reason is given', () => {
    const decided = rules.decideCancel(incident(), [sent()], { disposition: 'FALSE_ALARM' }, now)
    assert.ok(!isRefusal(decided))
    assert.equal(decided.assignments[0]?.reason, 'FALSE_ALARM')
  })
})

describe('reopening', () => {
  const open = {
    ...{ status: 'RECEIVED', disposition: null, closed_at: null, merged_into: null },
    reopened_at: now,
  }
  for (const status of incidentStatuses) {
    test(`from ${status}`, () => {
      const over = status === 'CLOSED' || status === 'CANCELLED'
      const decided = rules.decideReopen(incident({ status }), 'supervisor', now)
      if (over) assert.deepEqual(decided, open)
      else assert.equal(refusedWith(decided), 'incident_not_ended')
    })
  }
  for (const role of [...personRoles, ...keyRoles].filter((one) => one !== 'supervisor')) {
    test(`not by ${role}`, () =>
      assert.equal(refusedWith(rules.decideReopen(ended('CLOSED'), role, now)), 'forbidden'))
  }
  test('a merged one is split instead', () => {
    const merged = ended('CANCELLED', { merged_into: 2 })
    assert.equal(refusedWith(rules.decideReopen(merged, 'supervisor', now)), 'incident_merged')
  })
})
