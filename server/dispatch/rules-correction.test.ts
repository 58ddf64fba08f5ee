import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type Assignment,
  assignmentStatuses,
  effectiveMilestones,
  isLive,
  type Milestone,
  milestoneNames,
  milestones,
} from '@toneout/contract/model/assignment.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import fc from 'fast-check'
import { sent } from '../test/support/rows.ts'
import { decideStep, latestMilestone } from './rules.ts'
import { type Correction, decideCorrection } from './rules-correction.ts'

const at = (minute: number) => `2026-11-21T07:${String(minute).padStart(2, '0')}:00.000Z`
const now = at(59)
const fresh = sent({ id: 1, unit_id: 1, assigned_at: at(0) })
const onScene: Assignment = { ...fresh, status: 'ON_SCENE', en_route_at: at(10), on_scene_at: at(20) }
const cleared: Assignment = { ...onScene, status: 'CLEARED', cleared_at: at(40) }
const transported: Assignment = {
  ...cleared,
  ...{ hospital_id: 7, transporting_at: at(25), at_hospital_at: at(30) },
}

type Case = [string, Assignment, Correction, Partial<Record<Milestone, string>> | string[]]
const cases: Case[] = [
  ['earlier', onScene, { milestone: 'on_scene_at', at: at(15) }, { on_scene_at: at(15) }],
  ['later', onScene, { milestone: 'on_scene_at', at: at(25) }, { on_scene_at: at(25) }],
  [
    'at the moment of the one before',
    onScene,
    { milestone: 'on_scene_at', at: at(10) },
    { on_scene_at: at(10) },
  ],
  ['before the one before', onScene, { milestone: 'on_scene_at', at: at(9) }, ['at']],
  ['after the one after', onScene, { milestone: 'en_route_at', at: at(21) }, ['at']],
  ['in the future', onScene, { milestone: 'on_scene_at', at: '2026-11-21T08:00:00.000Z' }, ['at']],
  ['the order itself', onScene, { milestone: 'assigned_at', at: at(5) }, { assigned_at: at(5) }],
  ['skipped', onScene, { milestone: 'acknowledged_at', at: at(1) }, { acknowledged_at: at(1) }],
  ['still to come', onScene, { milestone: 'at_patient_at', at: at(30) }, ['milestone']],
  ['an end that was not', onScene, { milestone: 'cleared_at', at: at(30) }, ['milestone']],
  ['its end', cleared, { milestone: 'cleared_at', at: at(45) }, { cleared_at: at(45) }],
  ['another end', cleared, { milestone: 'cancelled_at', at: at(45) }, ['milestone']],
  ['skipped and ended', cleared, { milestone: 'at_patient_at', at: at(30) }, { at_patient_at: at(30) }],
  ['a transport without a hospital', cleared, { milestone: 'transporting_at', at: at(30) }, ['hospital_id']],
  [
    'a transport with one',
    cleared,
    { milestone: 'transporting_at', at: at(30), hospital_id: 7 },
    { transporting_at: at(30) },
  ],
  [
    'on scene of one that was cancelled on the way',
    { ...fresh, status: 'CANCELLED', cancelled_at: at(9) },
    { milestone: 'on_scene_at', at: at(5) },
    ['milestone'],
  ],
  [
    'en route of one that was cancelled on the way',
    { ...fresh, status: 'CANCELLED', cancelled_at: at(9) },
    { milestone: 'en_route_at', at: at(5) },
    { en_route_at: at(5) },
  ],
  [
    'with what another correction says',
    { ...onScene, corrections: { en_route_at: at(16) } },
    { milestone: 'on_scene_at', at: at(15) },
    ['at'],
  ],
  [
    'the latest of a milestone wins',
    { ...onScene, corrections: { on_scene_at: at(15) } },
    { milestone: 'on_scene_at', at: at(20) },
    { on_scene_at: at(20) },
  ],
]
describe('a correction', () => {
  for (const [name, one, correction, expected] of cases) {
    test(name, () => {
      const decided = decideCorrection(one, correction, now)
      if (isRefusal(decided)) assert.deepEqual(Object.keys(decided.fields ?? {}), expected)
      else {
        const { corrections, hospital_id } = { ...one, ...decided }
        assert.deepEqual({ ...one.corrections, ...expected }, corrections)
        assert.equal(hospital_id, correction.hospital_id ?? one.hospital_id)
      }
    })
  }
  test('of what counts already changes nothing', () => {
    assert.deepEqual(decideCorrection(onScene, { milestone: 'on_scene_at', at: at(20) }, now), {})
    assert.deepEqual(decideCorrection(transported, { hospital_id: 7 }, now), {})
  })
  test('of the hospital alone leaves the times', () =>
    assert.deepEqual(decideCorrection(transported, { hospital_id: 8 }, now), {
      corrections: {},
      hospital_id: 8,
    }))
})

describe('a correction does not reach into the assignment beside it', () => {
  const last = effectiveMilestones({ ...cleared, corrections: { cleared_at: at(5) } })
  const next = effectiveMilestones({ ...fresh, assigned_at: at(45), corrections: { assigned_at: at(43) } })
  const one: Assignment = { ...cleared, id: 2, assigned_at: at(8) }
  const cases: [string, Milestone, number, boolean][] = [
    ['right after the one before', 'assigned_at', 5, true],
    ['into the one before', 'assigned_at', 4, false],
    ['right before the next', 'cleared_at', 43, true],
    ['into the next', 'cleared_at', 44, false],
  ]
  for (const [name, milestone, minute, may] of cases) {
    test(name, () => {
      const beside = { before: [last], after: [next] }
      const decided = decideCorrection(one, { milestone, at: at(minute) }, now, beside)
      if (may) assert.ok(!isRefusal(decided))
      else assert.deepEqual(isRefusal(decided) && Object.keys(decided.fields ?? {}), ['at'])
    })
  }
})

test('a step after a correction is not before it', () => {
  const later = { ...onScene, corrections: { on_scene_at: at(30) } }
  assert.ok(isRefusal(decideStep(later, { to: 'AT_PATIENT', at: at(29) }, now)))
  assert.ok(!isRefusal(decideStep(later, { to: 'AT_PATIENT', at: at(30) }, now)))
  const earlier = { ...onScene, corrections: { on_scene_at: at(15) } }
  assert.ok(!isRefusal(decideStep(earlier, { to: 'AT_PATIENT', at: at(16) }, now)))
  assert.deepEqual([later, earlier].map(latestMilestone), [at(30), at(20)])
})

test('any steps and corrections: what was stamped stays, what counts is in order', () => {
  const minute = fc.nat(58)
  const step = fc.record({ to: fc.constantFrom(...assignmentStatuses), minute })
  const correction = fc.record({ milestone: fc.constantFrom(...milestoneNames), minute })
  fc.assert(
    fc.property(fc.array(fc.oneof(step, correction), { maxLength: 40 }), (given) => {
      let one = fresh
      for (const act of given) {
        const decided =
          'to' in act
            ? decideStep(one, { to: act.to, at: at(act.minute), hospital_id: 4, reason: 'why' }, now)
            : decideCorrection(one, { milestone: act.milestone, at: at(act.minute) }, now)
        if (isRefusal(decided)) continue
        const after = { ...one, ...decided }
        for (const name of milestoneNames) if (one[name]) assert.equal(after[name], one[name])
        if (!('to' in act)) assert.equal(after.status, one.status)
        one = after
      }
      const counts = effectiveMilestones(one)
      const times = milestoneNames.flatMap((name) => counts[name] ?? [])
      assert.deepEqual(times, times.toSorted())
      assert.ok(one[milestones[one.status]])
      const ends = assignmentStatuses.filter((status) => !isLive(status)).map((status) => milestones[status])
      for (const name of ends) assert.equal(counts[name] !== null, one[name] !== null)
    }),
  )
})
