import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cutLine, lengthOf, type Point, withoutRepeats } from './geo-lines.ts'

/** Along the equator and a meridian, where a degree is a degree. */
const bent: Point[] = [
  [0, 0],
  [2, 0],
  [2, 2],
]
const rounded = (line: readonly Point[]) =>
  line.map((point) => point.map((one) => Math.round(one * 1e4) / 1e4))

describe('a part of a line', () => {
  const cases: [from: number, to: number, part: number[][]][] = [
    [
      0,
      1,
      [
        [0, 0],
        [2, 0],
        [2, 2],
      ],
    ],
    [
      0,
      0.25,
      [
        [0, 0],
        [1, 0],
      ],
    ],
    [
      0.25,
      0.75,
      [
        [1, 0],
        [2, 0],
        [2, 1],
      ],
    ],
    [
      0.75,
      1,
      [
        [2, 1],
        [2, 2],
      ],
    ],
    [
      0.6,
      0.6,
      [
        [2, 0.4],
        [2, 0.4],
      ],
    ],
    [
      0,
      0,
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      1,
      1,
      [
        [2, 2],
        [2, 2],
      ],
    ],
  ]
  for (const [from, to, part] of cases) {
    test(`from ${from} to ${to}`, () => assert.deepEqual(rounded(cutLine(bent, from, to)), part))
  }
  test('of a line without length is that place', () => {
    assert.deepEqual(
      cutLine(
        [
          [3, 4],
          [3, 4],
        ],
        0.2,
        0.8,
      ),
      [
        [3, 4],
        [3, 4],
      ],
    )
  })
})

test('the length is that of all pieces', () => {
  const degree = 111_195.08
  assert.ok(Math.abs(lengthOf(bent) - 4 * degree) < 1)
  assert.equal(lengthOf([[1, 1]]), 0)
})

test('repeated points are left out, but two stay', () => {
  assert.deepEqual(
    withoutRepeats([
      [0, 0],
      [0, 0],
      [1, 0],
      [1, 0],
      [0, 0],
    ]),
    [
      [0, 0],
      [1, 0],
      [0, 0],
    ],
  )
  assert.deepEqual(
    withoutRepeats([
      [1, 2],
      [1, 2],
    ]),
    [
      [1, 2],
      [1, 2],
    ],
  )
})
