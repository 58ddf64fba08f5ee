import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type Assignment,
  type AssignmentStatus,
  assignmentStatuses,
  assignmentTransitions,
  isLive,
  milestones,
} from '@toneout/contract/model/assignment.ts'
import { dutyStatuses, unitTypes } from '@toneout/contract/model/unit.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import fc from 'fast-check'
import { sent } from '../test/support/rows.ts'
import {
  decideDispatch,
  decideStep,
  isOnCrew,
  mayServe,
  type Order,
  type ParamedicAtHand,
  type UnitAtHand,
  unitStatus,
} from './rules.ts'

const at = (minute: number) => `2026-11-21T07:${String(minute).padStart(2, '0')}:00.000Z`
const now = at(59)

const fresh = sent({ id: 1, unit_id: 1, assigned_at: at(0) })
/** An assignment that got to the status by that step alone. */
const reached = (status: AssignmentStatus): Assignment =>
  status === 'ASSIGNED' ? fresh : { ...fresh, status, [milestones[status]]: at(10), hospital_id: 4 }

describe('every status x every step', () => {
  for (const from of assignmentStatuses) {
    for (const to of assignmentStatuses) {
      const may = assignmentTransitions[from].includes(to)
      const again = reached(from)[milestones[to]] !== null
      const expected = again ? 'no change' : may ? to : 'assignment_moved_on'
      test(`${from} -> ${to}: ${expected}`, () => {
        const decided = decideStep(reached(from), { to, at: at(20), hospital_id: 4, reason: 'why' }, now)
        if (isRefusal(decided)) assert.equal(decided.refused, expected)
        else if (again) assert.deepEqual(decided, {})
        else {
          const stamp = { [milestones[to]]: at(20) }
          assert.deepEqual(decided, { status: to, hospital_id: 4, reason: 'why', ...stamp })
        }
      })
    }
  }
  test('nothing follows an end, and a step never leads back', () => {
    for (const status of ['CLEARED', 'CANCELLED', 'DIVERTED'] as const) assert.equal(isLive(status), false)
    for (const from of assignmentStatuses)
      for (const to of assignmentTransitions[from])
        assert.ok(assignmentStatuses.indexOf(to) > assignmentStatuses.indexOf(from), `${from} ${to}`)
  })
})

const steps: [string, Partial<Assignment>, Parameters<typeof decideStep>[1], object][] = [
  ['without a time it is now', {}, { to: 'EN_ROUTE' }, { en_route_at: now }],
  ['the time of the device counts', {}, { to: 'EN_ROUTE', at: at(3) }, { en_route_at: at(3) }],
  [
    'the same moment as the one before is possible',
    {},
    { to: 'EN_ROUTE', at: at(0) },
    { en_route_at: at(0) },
  ],
  ['before the one before', {}, { to: 'EN_ROUTE', at: '2026-11-21T06:59:59.999Z' }, { fields: ['at'] }],
  ['in the future', {}, { to: 'EN_ROUTE', at: '2026-11-21T08:00:00.000Z' }, { fields: ['at'] }],
  ['a transport without a hospital', {}, { to: 'TRANSPORTING' }, { fields: ['hospital_id'] }],
  ['with the hospital of the order', { hospital_id: 7 }, { to: 'TRANSPORTING' }, { hospital_id: 7 }],
  ['with another hospital', { hospital_id: 7 }, { to: 'TRANSPORTING', hospital_id: 8 }, { hospital_id: 8 }],
  ['a cancellation without a reason', {}, { to: 'CANCELLED' }, { fields: ['reason'] }],
  ['a diversion without a reason', {}, { to: 'DIVERTED', reason: '' }, { fields: ['reason'] }],
  [
    'a crew that declines',
    {},
    { to: 'CANCELLED', reason: 'defect', declined: true },
    { status: 'CANCELLED' },
  ],
  ['a crew that declines without a reason', {}, { to: 'CANCELLED', declined: true }, { fields: ['reason'] }],
  ['all faults at once', {}, { to: 'TRANSPORTING', at: at(60) }, { fields: ['at', 'hospital_id'] }],
]
for (const [name, given, step, expected] of steps) {
  test(`a step: ${name}`, () => {
    const decided = decideStep({ ...fresh, ...given }, step, now)
    if (isRefusal(decided)) assert.deepEqual({ fields: Object.keys(decided.fields ?? {}) }, expected)
    else assert.deepEqual(decided, { ...decided, ...expected })
  })
}

test('a crew declines until it is en route', () => {
  const decline = { to: 'CANCELLED', reason: 'defect', declined: true } as const
  const outcome = (status: AssignmentStatus) => {
    const decided = decideStep(reached(status), { ...decline, at: at(20) }, now)
    return isRefusal(decided) ? decided.refused : Object.keys(decided).length > 0
  }
  const may = assignmentStatuses.filter((status) => outcome(status) === true)
  assert.deepEqual(may, ['ASSIGNED', 'ACKNOWLEDGED'])
  assert.equal(outcome('EN_ROUTE'), 'assignment_moved_on')
})

test('a person is of the crew that they lead or whose unit is theirs', () => {
  const one = { paramedic_id: 5, unit_id: 2 }
  assert.deepEqual(
    [isOnCrew(one, 5, null), isOnCrew(one, 6, 2), isOnCrew(one, 6, 5), isOnCrew(one, 6, undefined)],
    [true, true, false, false],
  )
  assert.equal(isOnCrew({ paramedic_id: null, unit_id: 2 }, 6, null), false)
})

test('any steps: milestones in order, each stamped once, nothing after the end', () => {
  const step = fc.record({ to: fc.constantFrom(...assignmentStatuses), minute: fc.nat(58) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (taken) => {
      let one = fresh
      for (const { to, minute } of taken) {
        const decided = decideStep(one, { to, at: at(minute), hospital_id: 4, reason: 'why' }, now)
        if (isRefusal(decided)) continue
        const after = { ...one, ...decided }
        for (const name of Object.values(milestones)) if (one[name]) assert.equal(after[name], one[name])
        if (!isLive(one.status)) assert.deepEqual(decided, {})
        one = after
      }
      const stamps = assignmentStatuses.flatMap((status) => one[milestones[status]] ?? [])
      assert.deepEqual(stamps, stamps.toSorted())
      assert.ok(one[milestones[one.status]])
    }),
  )
})

test('a unit shows its duty while free, otherwise its assignment', () => {
  for (const duty of dutyStatuses) {
    assert.equal(unitStatus(duty, undefined), duty)
    for (const status of assignmentStatuses) {
      if (isLive(status)) assert.notEqual(unitStatus(duty, status), 'AVAILABLE')
      else assert.equal(unitStatus(duty, status), duty)
    }
  }
  assert.equal(unitStatus('AVAILABLE', 'ASSIGNED'), 'EN_ROUTE')
  assert.equal(unitStatus('AVAILABLE', 'AT_PATIENT'), 'ON_SCENE')
  assert.equal(unitStatus('AVAILABLE', 'HANDOVER_DONE'), 'AT_HOSPITAL')
})

test('a stronger crew may do the work of a weaker one, other vehicles only their own', () => {
  const may = unitTypes.flatMap((type) =>
    unitTypes.filter((needed) => mayServe(type, needed)).map((needed) => `${type} for ${needed}`),
  )
  assert.deepEqual(may, [
    'BASIC for BASIC',
    'ADVANCED for BASIC',
    'ADVANCED for ADVANCED',
    'CRITICAL for BASIC',
    'CRITICAL for ADVANCED',
    'CRITICAL for CRITICAL',
    'FIRE for FIRE',
    'POLICE for POLICE',
    'SUPERVISOR for SUPERVISOR',
  ])
})

const unit: UnitAtHand = {
  id: 2,
  unit_number: 'M03',
  unit_type: 'ADVANCED',
  duty: 'AVAILABLE',
  retired: false,
}
const paramedic: ParamedicAtHand = { id: 3, available: true, license_expiry: '2026-11-21', busy: false }
const order: Order = {
  incident: { status: 'RECEIVED' },
  needs: ['ADVANCED'],
  units: [unit],
  paramedics: [paramedic],
  hospital: { id: 4, diversion: 'OPEN', emergency_capacity: 'LOW' },
  today: '2026-11-21',
}
const basic: UnitAtHand = { ...unit, id: 5, unit_number: 'B21', unit_type: 'BASIC' }
const expired = { ...paramedic, license_expiry: '2026-11-20' }
const closed = { id: 4, diversion: 'CLOSED', emergency_capacity: 'LOW' } as const

const orders: [string, Partial<Order>, string, string | undefined][] = [
  ['all is well', {}, 'goes', 'goes'],
  ['the licence ends today', {}, 'goes', 'goes'],
  ['a second unit for one under way', { incident: { status: 'ON_SCENE' } }, 'goes', 'goes'],
  ['closed incident', { incident: { status: 'CLOSED' } }, 'incident_not_open', 'incident_not_open'],
  ['cancelled incident', { incident: { status: 'CANCELLED' } }, 'incident_not_open', 'incident_not_open'],
  ['unit assigned', { units: [{ ...unit, assigned: 'ASSIGNED' }] }, 'unit_busy', 'unit_busy'],
  [
    'unit that has handed over',
    { units: [{ ...unit, assigned: 'HANDOVER_DONE' }] },
    'unit_busy',
    'unit_busy',
  ],
  ['unit that was cleared', { units: [{ ...unit, assigned: 'CLEARED' }] }, 'goes', 'goes'],
  ['unit off duty', { units: [{ ...unit, duty: 'OFF_DUTY' }] }, 'unit_busy', 'unit_busy'],
  ['unit in the workshop', { units: [{ ...unit, duty: 'MAINTENANCE' }] }, 'unit_busy', 'unit_busy'],
  ['retired unit', { units: [{ ...unit, retired: true }] }, 'unit_busy', 'unit_busy'],
  ['one of two bound', { units: [unit, { ...basic, assigned: 'EN_ROUTE' }] }, 'unit_busy', 'unit_busy'],
  [
    'weak unit where one of the plan is for any',
    { units: [basic], needs: ['ADVANCED', 'BASIC'] },
    'goes',
    'goes',
  ],
  ['unit too weak', { units: [basic] }, 'unit_unsuitable', 'goes'],
  ['weak unit where any will do', { units: [basic], needs: undefined }, 'goes', 'goes'],
  ['paramedic off', { paramedics: [{ ...paramedic, available: false }] }, 'paramedic_unavailable', 'goes'],
  [
    'paramedic elsewhere',
    { paramedics: [{ ...paramedic, busy: true }] },
    'paramedic_unavailable',
    'paramedic_unavailable',
  ],
  [
    'one paramedic off, another elsewhere',
    {
      paramedics: [
        { ...paramedic, available: false },
        { ...paramedic, id: 8, busy: true },
      ],
    },
    'paramedic_unavailable',
    'paramedic_unavailable',
  ],
  ['licence expired', { paramedics: [expired] }, 'licence_expired', 'goes'],
  ['no licence known', { paramedics: [{ ...paramedic, license_expiry: null }] }, 'licence_expired', 'goes'],
  ['hospital closed', { hospital: closed }, 'hospital_closed', 'goes'],
  [
    'weak unit and bound unit',
    { units: [basic, { ...unit, assigned: 'ASSIGNED' }] },
    'unit_unsuitable',
    'unit_busy',
  ],
]
for (const [name, given, plain, overridden] of orders) {
  test(`an order: ${name}: ${plain}, with a supervisor's reason ${overridden}`, () => {
    const outcome = (one: Order) => {
      const decided = decideDispatch(one)
      return isRefusal(decided) ? decided.refused : 'goes'
    }
    assert.equal(outcome({ ...order, ...given }), plain)
    assert.equal(outcome({ ...order, ...given, override: 'nobody else is near' }), overridden)
  })
}

test('what was overridden and what to be warned of is told', () => {
  const full = { id: 4, diversion: 'ADVISORY', emergency_capacity: 'FULL' } as const
  assert.deepEqual(decideDispatch({ ...order, hospital: full }), {
    warnings: ['The emergency department of the hospital is full.'],
    overridden: [],
  })
  const decided = decideDispatch({ ...order, units: [basic], paramedics: [expired], override: 'flood' })
  assert.deepEqual(decided, { warnings: [], overridden: ['unit_unsuitable', 'licence_expired'] })
})
