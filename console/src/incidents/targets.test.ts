import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { anAssignment, anIncident, at } from '../live/rows.fixture.ts'
import { inQueue } from './queue.ts'
import { inStatusSince, targetOf, toneOf } from './targets.ts'

describe('timers', () => {
  const tones: [number, number | undefined, string][] = [
    [39, 60, 'calm'],
    [40, 60, 'soon'],
    [59, 60, 'soon'],
    [60, 60, 'over'],
    [9_999, undefined, 'calm'],
  ]
  for (const [seconds, target, tone] of tones) {
    test(`${seconds} s of ${target} are ${tone}`, () => assert.equal(toneOf(seconds, target), tone))
  }
  test('the gravest has the shortest target; the way to hospital has none', () => {
    assert.ok(targetOf({ status: 'RECEIVED', priority: 1 })! < targetOf({ status: 'RECEIVED', priority: 4 })!)
    assert.equal(targetOf({ status: 'TRANSPORTING', priority: 1 }), undefined)
  })
})

describe('time in a status', () => {
  const since = (status: 'RECEIVED' | 'EN_ROUTE' | 'ON_SCENE' | 'AT_HOSPITAL', more = {}) =>
    inStatusSince(anIncident(1, { status, ...more }), [
      anAssignment(2, { en_route_at: at(30), at_patient_at: at(60) }),
      anAssignment(3, { en_route_at: at(20) }),
    ])
  test('begins with the first unit that reached it', () => {
    assert.deepEqual([since('EN_ROUTE'), since('ON_SCENE')], [at(20), at(60)])
  })
  test('of one that waits, with the call or its reopening; of one that is over, when it was', () => {
    assert.equal(since('RECEIVED'), at(1))
    assert.equal(since('RECEIVED', { reopened_at: at(9) }), at(9))
    assert.equal(since('ON_SCENE', { awaiting_close_since: at(90) }), at(90))
    assert.equal(since('AT_HOSPITAL'), at(1))
  })
})

test('the queue has those that wait first, then by status, then what waits only for its end', () => {
  const rows = [
    anIncident(1, { priority: 1, status: 'ON_SCENE' }),
    anIncident(2, { priority: 1 }),
    anIncident(3, { priority: 1, status: 'ON_SCENE', awaiting_close_since: at(5) }),
    anIncident(4, { status: 'EN_ROUTE' }),
    anIncident(5),
  ]
  const ids = (filter: 'all' | 'waiting' | 'first') => {
    const { waiting, assigned } = inQueue(rows, filter)
    return [waiting.map((row) => row.id), assigned.map((row) => row.id)]
  }
  assert.deepEqual(ids('all'), [
    [2, 5],
    [4, 1, 3],
  ])
  assert.deepEqual(ids('waiting'), [[2, 5], []])
  assert.deepEqual(ids('first'), [[2], [1, 3]])
})
