import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { UnitGroup } from '../live/fleet.ts'
import { inHalves } from './halves.ts'

const group = (status: string, count: number) =>
  ({ status, units: Array.from({ length: count }, (_, id) => ({ id })) }) as unknown as UnitGroup

/** Each list as `status rows/of the whole group`, the rest of a group with a plus before it. */
const words = (groups: readonly UnitGroup[]) =>
  inHalves(groups).map((list) =>
    list.map(
      ({ status, units, count, isRest }) => `${isRest ? '+' : ''}${status[0]} ${units.length}/${count}`,
    ),
  )

describe('groups of units in two lists', () => {
  const cases: [string, [string, number][], string[][]][] = [
    ['none', [], []],
    ['one short group', [['AVAILABLE', 5]], [['A 5/5']]],
    ['one long group', [['AVAILABLE', 20]], [['A 10/20'], ['+A 10/20']]],
    [
      'groups of about one length',
      [
        ['AVAILABLE', 6],
        ['EN_ROUTE', 6],
      ],
      [['A 6/6'], ['E 6/6']],
    ],
    [
      'a long one first',
      [
        ['AVAILABLE', 48],
        ['EN_ROUTE', 3],
        ['ON_SCENE', 7],
      ],
      [['A 30/48'], ['+A 18/48', 'E 3/3', 'O 7/7']],
    ],
    [
      'a long one last',
      [
        ['AVAILABLE', 2],
        ['EN_ROUTE', 20],
      ],
      [['A 2/2', 'E 9/20'], ['+E 11/20']],
    ],
    [
      'too few to be parted',
      [
        ['AVAILABLE', 7],
        ['EN_ROUTE', 3],
      ],
      [['A 7/7'], ['E 3/3']],
    ],
  ]
  for (const [name, given, expected] of cases) {
    it(name, () => {
      assert.deepEqual(words(given.map(([status, count]) => group(status, count))), expected)
    })
  }

  it('loses no unit and changes no order', () => {
    const groups = [group('AVAILABLE', 13), group('EN_ROUTE', 29), group('ON_SCENE', 1)]
    const ids = inHalves(groups).flatMap((list) => list.flatMap(({ units }) => units))
    assert.deepEqual(
      ids,
      groups.flatMap(({ units }) => units),
    )
  })
})
