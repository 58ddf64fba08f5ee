import assert from 'node:assert/strict'
import { it } from 'node:test'
import { planOfWay, scaleLength } from './way.ts'

const size = { width: 300, height: 100, pad: 10 }

it('a way fits into the plan, north up, as wide as it is long', () => {
  const plan = planOfWay(
    [
      [0, 0],
      [0.01, 0],
      [0.01, 0.005],
    ],
    size,
  )
  assert.ok(plan)
  const [from, corner, to] = plan.points as [number, number][]
  assert.ok(from && corner && to)
  assert.deepEqual([from[1], corner[1], to[1]], [90, 90, 10])
  assert.equal(corner[0] - from[0], 160)
  assert.ok(Math.abs(plan.metresOfPixel - 556.6 / 80) < 0.01, String(plan.metresOfPixel))
})

it('far north a degree is narrower', () => {
  const at = (latitude: number) =>
    planOfWay(
      [
        [10, latitude],
        [10.02, latitude + 0.01],
      ],
      { ...size, width: 1_000 },
    )
  const across = (latitude: number) => {
    const [from, to] = at(latitude)?.points ?? []
    return (to?.[0] ?? 0) - (from?.[0] ?? 0)
  }
  assert.ok(Math.abs(across(60) / across(0) - 0.5) < 0.01)
})

it('a way of no length or without places makes no fault', () => {
  assert.ok(
    planOfWay(
      [
        [1, 2],
        [1, 2],
      ],
      size,
    )
      ?.points.flat()
      .every(Number.isFinite),
  )
  assert.equal(planOfWay([], size), undefined)
  assert.equal(
    planOfWay(
      [
        [1, Number.NaN],
        [1, 2],
      ],
      size,
    ),
    undefined,
  )
})

it('the scale is a round length that fits', () => {
  for (const [metresOfPixel, expected] of [
    [10, 500],
    [6.9, 500],
    [1, 50],
    [45, 2_000],
  ] as const)
    assert.equal(scaleLength(metresOfPixel, 80), expected)
})
