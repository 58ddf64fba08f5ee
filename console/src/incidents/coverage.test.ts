import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UnitType } from '@toneout/contract/model/unit.ts'
import { uncovered } from './coverage.ts'

const cases: [string, UnitType[], UnitType[], UnitType[]][] = [
  ['nothing is needed', [], ['BASIC'], []],
  ['nobody is chosen', ['BASIC'], [], ['BASIC']],
  ['exactly what is needed', ['ADVANCED', 'BASIC'], ['BASIC', 'ADVANCED'], []],
  ['a stronger one may do less', ['BASIC'], ['CRITICAL'], []],
  ['a weaker one may not do more', ['ADVANCED'], ['BASIC'], ['ADVANCED']],
  ['two stronger ones do both', ['ADVANCED', 'BASIC'], ['CRITICAL', 'ADVANCED'], []],
  ['one for each need', ['BASIC', 'BASIC'], ['ADVANCED'], ['BASIC']],
  ['the least able that will do is taken', ['ADVANCED', 'BASIC'], ['ADVANCED', 'CRITICAL'], []],
  ['fire is done by fire alone', ['FIRE'], ['CRITICAL'], ['FIRE']],
  ['and an ambulance not by fire', ['BASIC'], ['FIRE'], ['BASIC']],
]
for (const [name, needs, types, open] of cases) {
  test(name, () => assert.deepEqual(uncovered(needs, types), open))
}
