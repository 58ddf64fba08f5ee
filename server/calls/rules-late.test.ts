import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultTargets } from '@toneout/contract/model/targets.ts'
import { type Course, lateSteps } from './rules-late.ts'

const cases: [string, Course['priority_level'], (number | null)[], string[]][] = [
  ['nothing has happened', 'CRITICAL', [null, null, null], []],
  ['just in time', 'CRITICAL', [10, 70, 539], []],
  ['sent a second late', 'CRITICAL', [10, 71, 539], ['dispatch']],
  ['not answered counts from the ring', 'CRITICAL', [null, 61, null], ['dispatch']],
  ['on scene late', 'CRITICAL', [0, 30, 540], ['scene']],
  ['both', 'CRITICAL', [0, 300, 900], ['dispatch', 'scene']],
  ['no target on scene for a lower priority', 'HIGH', [0, 30, 9_000], []],
  ['more time for a routine one', 'LOW', [0, 600, null], []],
  ['no priority, no target', null, [0, 9_000, 9_000], []],
]
for (const [name, priority_level, [answer, dispatch, scene], late] of cases) {
  test(name, () => {
    const call = {
      priority_level,
      seconds_to_answer: answer ?? null,
      seconds_to_dispatch: dispatch ?? null,
      seconds_to_scene: scene ?? null,
    }
    assert.deepEqual(lateSteps(call, defaultTargets), late)
  })
}
