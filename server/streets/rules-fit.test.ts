import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Drive, fitDrives } from './rules-fit.ts'

const near = (actual: number | undefined, expected: number, tolerance: number) =>
  assert.ok(
    Math.abs((actual as number) - expected) <= tolerance,
    `${actual} is not ${expected} +- ${tolerance}`,
  )

/** Drives of 60 to 900 s that took 100 + 0.8 x, with a noise of up to 20 s that is even on both sides. */
const drives = (count: number): Drive[] =>
  Array.from({ length: count }, (_, at) => {
    const expected = 60 + ((at * 37) % 840)
    return { expected, actual: 100 + 0.8 * expected + (((at * 53) % 41) - 20) }
  })

test('the line that drives took, with its errors', () => {
  const fit = fitDrives(drives(400))
  near(fit?.intercept_s, 100, 2)
  near(fit?.slope, 0.8, 0.005)
  near(fit?.error_s_p50, 10, 1.5)
  near(fit?.error_s_p90, 18, 1.5)
  assert.deepEqual([fit?.n, fit?.kept], [400, 400])
  assert.ok((fit?.error_before_s_p50 ?? 0) > 30)
})

test('a fifth of wild drives does not move it', () => {
  const wild = Array.from({ length: 100 }, (_, at) => ({ expected: 600 + at, actual: at % 2 ? 9_000 : 1 }))
  const fit = fitDrives([...drives(400), ...wild])
  near(fit?.intercept_s, 100, 6)
  near(fit?.slope, 0.8, 0.02)
  assert.deepEqual([fit?.n, fit?.kept], [500, 400])
})

test('exact drives are fitted exactly', () => {
  const exact = drives(200).map(({ expected }) => ({ expected, actual: 50 + expected }))
  const fit = fitDrives(exact)
  near(fit?.intercept_s, 50, 1e-6)
  near(fit?.slope, 1, 1e-9)
  near(fit?.error_s_p90, 0, 1e-6)
})

const none: [string, Drive[]][] = [
  ['too few drives', drives(199)],
  ['drives that were all expected to be the same', drives(300).map((one) => ({ ...one, expected: 300 }))],
  [
    'drives that are shorter the longer they should be',
    drives(300).map((one) => ({ ...one, actual: 2_000 - one.expected })),
  ],
  ['drives that took no time', drives(300).map((one) => ({ ...one, actual: 1 }))],
]
for (const [name, some] of none) test(`no fit: ${name}`, () => assert.equal(fitDrives(some), undefined))

test('any drives: a line that can be, whatever they are', () => {
  const drive = fc.record({
    expected: fc.double({ min: 0, max: 1_800, noNaN: true }),
    actual: fc.double({ min: 1, max: 20_000, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(drive, { minLength: 200, maxLength: 300 }), (some) => {
      const fit = fitDrives(some)
      if (!fit) return
      assert.ok(fit.slope >= 0.2 && fit.slope <= 5 && fit.intercept_s >= -120 && fit.intercept_s <= 900)
      assert.ok(fit.kept <= fit.n && fit.error_s_p50 <= fit.error_s_p90)
    }),
    { numRuns: 100 },
  )
})
