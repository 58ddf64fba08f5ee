import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UnitType } from '@toneout/contract/model/unit.ts'
import { emptied, uncovered } from './coverage.ts'

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

/** A degree of latitude is about 111 km; stations and units stand on one meridian. */
const stand = (id: number, km: number) => ({ id, place: { latitude: km / 111.195, longitude: -122 } })
const station = (name: string, km: number) => ({ name, ...stand(0, km).place })
const [north, south] = [station('North', 20), station('South', 0)]

const grounds: [string, [number, number][], number[], string[]][] = [
  ['nobody was there, so nothing is lost', [], [], []],
  [
    'somebody else stays near',
    [
      [1, 0],
      [2, 3],
    ],
    [1],
    [],
  ],
  [
    'the last one goes',
    [
      [1, 1],
      [2, 19],
    ],
    [1],
    ['South'],
  ],
  [
    'the last two go together',
    [
      [1, 1],
      [2, 2],
      [3, 19],
    ],
    [1, 2],
    ['South'],
  ],
  [
    'all that are free go',
    [
      [1, 1],
      [2, 19],
    ],
    [1, 2],
    ['North', 'South'],
  ],
  [
    'whoever is beyond the reach is no cover',
    [
      [1, 0],
      [2, 8.1],
    ],
    [1],
    ['South'],
  ],
  [
    'whoever is just within it is',
    [
      [1, 0],
      [2, 7.9],
    ],
    [1],
    [],
  ],
  ['none of them goes', [[1, 1]], [9], []],
]
for (const [name, free, going, left] of grounds) {
  test(`cover: ${name}`, () => {
    const units = free.map(([id, km]) => stand(id, km))
    const found = emptied([north, south], units, new Set(going), 8_000)
    assert.deepEqual(
      found.map((one) => one.name),
      left,
    )
  })
}
