import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { defaultTargets } from '@toneout/contract/model/targets.ts'
import { type Course, figuresOf } from './rules.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 7) + seconds * 1_000).toISOString()
const course = (sent: number | null, there: number | null, more: Partial<Course> = {}): Course => ({
  priority: 1,
  known_at: at(0),
  answered_at: at(2),
  assigned_at: sent === null ? null : at(sent),
  on_scene_at: there === null ? null : at(there),
  ...more,
})
const tens = Array.from({ length: 10 }, (_, i) => course((i + 1) * 10 + 2, (i + 1) * 100))

const cases: [string, Course[], [p90: number | null, n: number], [p90: number | null, n: number]][] = [
  ['nothing', [], [null, 0], [null, 0]],
  ['nobody sent yet', [course(null, null)], [null, 0], [null, 0]],
  ['one', [course(32, 300)], [30, 1], [300, 1]],
  ['a part of a second counts whole', [course(32.001, 300.2)], [31, 1], [301, 1]],
  ['the value at index floor(0.9 n)', tens, [100, 10], [1_000, 10]],
  ['of nine the last', tens.slice(0, 9), [90, 9], [900, 9]],
  ['raised by hand: no answer to begin with', [course(9, 300, { answered_at: null })], [null, 0], [300, 1]],
  ['sent before it was answered is no figure', [course(1, 300)], [null, 0], [300, 1]],
  ['responses are those of priority 1', [course(32, 300, { priority: 2 })], [30, 1], [null, 0]],
]

describe('the figures of a desk', () => {
  for (const [name, courses, [sent, sentN], [there, thereN]] of cases) {
    test(name, () => {
      const { answer_to_dispatch, response } = figuresOf(courses, defaultTargets)
      assert.deepEqual(answer_to_dispatch, { p90: sent, n: sentN, target: 60 })
      assert.deepEqual(response, { p90: there, n: thereN, target: 539 })
    })
  }
})
