import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HouseRow, placeHouse } from './rules-houses.ts'

/** A house so many thousandths of a degree north, some 111 m each. */
const house = (number: number, north: number, more: Partial<HouseRow> = {}): HouseRow => {
  return {
    street_id: 1,
    number,
    label: String(number),
    area: '',
    latitude: north / 1_000,
    longitude: 0,
    ...more,
  }
}
const row = [house(2, 0), house(6, 1), house(8, 2), house(1, 0), house(9, 2)]

const cases: [name: string, number: number, houses: HouseRow[], found: [number, RegExp | null, string][]][] =
  [
    ['itself', 6, row, [[1, null, '']]],
    ['between those of its side', 4, row, [[0.5, /between 2 and 6/, '']]],
    ['beyond the last of its side', 12, row, [[2, /nearest is 8/, '']]],
    ['the other side where its own has none', 3, [house(2, 0), house(4, 1)], [[0.5, /between 2 and 4/, '']]],
    [
      'the plain number before the one with a letter',
      6,
      [house(6, 3, { label: '6a' }), ...row],
      [[1, null, '']],
    ],
    [
      'no neighbour on another street of that name',
      4,
      [house(2, 0), house(6, 900)],
      [[0, /nearest is 2/, '']],
    ],
    [
      'once in each town',
      6,
      [house(6, 1, { area: 'Norton' }), house(6, 1.1, { area: 'Norton' }), house(6, 90, { area: 'Sutton' })],
      [
        [1, null, 'Norton'],
        [90, null, 'Sutton'],
      ],
    ],
    ['nothing without houses', 6, [], []],
  ]
for (const [name, number, houses, found] of cases) {
  test(`a house number: ${name}`, () => {
    const placed = placeHouse(number, houses)
    assert.equal(placed.length, found.length)
    for (const [at, [north, note, area]] of found.entries()) {
      const one = placed[at] as (typeof placed)[number]
      assert.ok(Math.abs(one.latitude * 1_000 - north) < 1e-6, `${one.latitude}`)
      if (note) assert.match(one.note ?? '', note)
      else assert.equal(one.note, null)
      assert.deepEqual([one.area, one.label], [area, String(number)])
    }
  })
}
