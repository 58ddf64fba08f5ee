import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { distance } from '../lib/geo.ts'
import { type NumberedLine, numberAt, placeBlock, placeNumber, pointAlong, snap } from './rules-lines.ts'
import { editDistance, wordLikeness } from './rules-match.ts'

/** 0.01 degrees to the east at the equator: some 1,112 m. */
const east: NumberedLine = {
  street_id: 1,
  line: [
    [0, 0],
    [0.01, 0],
  ],
  left_from: 101,
  left_to: 199,
  right_from: 100,
  right_to: 198,
}
const next: NumberedLine = {
  ...east,
  line: [
    [0.01, 0],
    [0.02, 0],
  ],
  left_from: 201,
  left_to: 299,
  right_from: null,
  right_to: null,
}
const longitudeOf = (number: number, lines = [east, next]) => {
  const placed = placeNumber(number, lines)
  return placed && Number(placed.longitude.toFixed(5))
}

describe('a house number on a street', () => {
  test('stands between the numbers of the side of its parity', () => {
    assert.equal(longitudeOf(101), 0)
    assert.equal(longitudeOf(199), 0.01)
    assert.equal(longitudeOf(150), 0.0051)
    assert.equal(longitudeOf(250), 0.015)
    assert.equal(placeNumber(150, [east])?.note, null)
  })
  test('against the line when the numbers fall along it', () => {
    assert.equal(longitudeOf(102, [{ ...east, right_from: 198, right_to: 100 }]), 0.0098)
  })
  test('on the other side is said', () => {
    const placed = placeNumber(250, [next])
    assert.match(placed?.note ?? '', /other side/)
    assert.ok((placed?.certainty ?? 1) < 1)
  })
  test('outside every range it is at the nearest end, less sure, and said', () => {
    const [near, far] = [placeNumber(301, [east, next]), placeNumber(9_999, [east, next])]
    assert.deepEqual([near?.longitude, far?.longitude], [0.02, 0.02])
    assert.match(near?.note ?? '', /No number 301 .* nearest is 299/)
    assert.ok((near?.certainty ?? 1) > (far?.certainty ?? 1))
    assert.ok((near?.accuracy_m ?? 0) < (far?.accuracy_m ?? 0))
    assert.equal(longitudeOf(3), 0)
  })
  test('no numbers, no place; 0 to 0 is none', () => {
    const bare = { ...next, left_from: 0, left_to: 0 }
    assert.equal(placeNumber(5, [bare]), undefined)
    assert.equal(placeNumber(0, [bare]), undefined)
    assert.equal(placeBlock(0, [bare]), undefined)
  })
  test('a single number is in the middle', () => {
    assert.equal(longitudeOf(7, [{ ...next, left_from: 7, left_to: 7 }]), 0.015)
  })
  test('a block is in its middle', () => {
    const [one, both] = [placeBlock(100, [east, next]), placeBlock(0, [east, next])]
    assert.equal(Number(one?.longitude.toFixed(5)), 0.005)
    assert.equal(both, undefined)
  })
  test('the number at a place is the one that stands there', () => {
    const numbers = fc.integer({ min: 50, max: 99 }).map((half) => half * 2 + 1)
    fc.assert(
      fc.property(
        numbers.filter((one) => one > 100),
        (number) => {
          const placed = placeNumber(number, [east])
          assert.ok(placed)
          const { share } = snap(east.line, placed)
          assert.equal(numberAt(east, share, 'left'), number)
        },
      ),
    )
  })
})

describe('along a line', () => {
  const bend: NumberedLine['line'] = [
    [0, 0],
    [0.01, 0],
    [0.01, 0.01],
  ]
  test('shares go by length, and stay on it', () => {
    assert.deepEqual(pointAlong(bend, 0), { longitude: 0, latitude: 0 })
    assert.deepEqual(pointAlong(bend, 7), { longitude: 0.01, latitude: 0.01 })
    assert.ok(distance(pointAlong(bend, 0.5), { longitude: 0.01, latitude: 0 }) < 0.1)
  })
  test('the nearest point, its side and how far it is', () => {
    const left = snap(bend, { longitude: 0.005, latitude: 0.001 })
    assert.equal(left.side, 'left')
    assert.ok(Math.abs(left.metres - 111.2) < 0.5)
    assert.ok(Math.abs(left.share - 0.25) < 1e-6)
    assert.equal(snap(bend, { longitude: 0.011, latitude: 0.005 }).side, 'right')
  })
  test('a line without length has a place too', () => {
    const dot: NumberedLine['line'] = [
      [1, 1],
      [1, 1],
    ]
    assert.deepEqual(pointAlong(dot, 0.5), { longitude: 1, latitude: 1 })
    assert.equal(snap(dot, { longitude: 1, latitude: 1 }).share, 0)
  })
})

describe('words that are like each other', () => {
  const cases: [a: string, b: string, errors: number][] = [
    ['HARBOUR', 'HARBOUR', 0],
    ['HABOUR', 'HARBOUR', 1],
    ['HRABOUR', 'HARBOUR', 1],
    ['HARBOR', 'HARBOUR', 1],
    ['HABOR', 'HARBOUR', 2],
    ['MISSION', 'MARKET', 3],
    ['', 'AB', 2],
  ]
  for (const [a, b, errors] of cases) {
    test(`${a} ${b}`, () => {
      assert.equal(editDistance(a, b, 2), errors)
      assert.equal(editDistance(b, a, 2), errors)
    })
  }
  test('numbers have no typing errors, short words neither', () => {
    assert.equal(wordLikeness('23RD', '24TH', false), 0)
    assert.equal(wordLikeness('OAK', 'ELM', false), 0)
    assert.ok(wordLikeness('HABOUR', 'HARBOUR', false) > 0.8)
  })
  test('beginnings count while the word may go on', () => {
    assert.equal(wordLikeness('HAR', 'HARBOUR', false), 0)
    assert.ok(wordLikeness('HARBO', 'HARBOUR', true) > wordLikeness('HAR', 'HARBOUR', true))
  })
})
