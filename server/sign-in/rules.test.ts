import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type Bucket, limits, mustEnrol, takeAttempt } from './rules.ts'

const minute = 60_000

describe('attempts to sign in', () => {
  /** Attempts at these minutes, none of which succeeds; gives for each how long it must wait, in minutes. */
  function play(minutes: readonly number[], of: (typeof limits)[keyof typeof limits] = limits.account) {
    let bucket: Bucket | undefined
    return minutes.map((at) => {
      const taken = takeAttempt(bucket, of, at * minute)
      bucket = taken.bucket
      return taken.waitMs / minute
    })
  }

  const cases: [string, number[], number[]][] = [
    ['five are looked at, the sixth blocks', [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 10]],
    ['while blocked, time runs on', [0, 0, 0, 0, 0, 0, 4], [0, 0, 0, 0, 0, 10, 6]],
    ['after the block it begins again', [0, 0, 0, 0, 0, 0, 10, 10], [0, 0, 0, 0, 0, 10, 0, 0]],
    [
      'the next block is twice as long',
      [0, 0, 0, 0, 0, 0, 10, 10, 10, 10, 10, 10],
      [0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 20],
    ],
    ['slow mistakes never block', [0, 4, 8, 12, 16, 20, 24, 28], [0, 0, 0, 0, 0, 0, 0, 0]],
  ]
  for (const [name, minutes, waits] of cases) {
    test(name, () => assert.deepEqual(play(minutes), waits))
  }

  test('no block is longer than an hour, and none lets more than five through', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 200 }), (gaps) => {
        let at = 0
        const minutes = gaps.map((gap) => {
          at += gap
          return at
        })
        const waits = play(minutes)
        assert.ok(waits.every((wait) => wait <= 60))
        for (const [from, begun] of minutes.entries()) {
          const looked = minutes.filter((one, i) => i >= from && one < begun + 10 && waits[i] === 0)
          assert.ok(looked.length <= 10, 'at the most two windows meet in ten minutes')
        }
      }),
    )
  })
})

describe('who must have a second factor', () => {
  const from = '2026-11-01T00:00:00Z'
  const day = (n: number) => Date.parse(from) + n * 24 * 60 * minute
  const cases = [
    ['admin', false, true, 8, true],
    ['supervisor', false, true, 7, true],
    ['supervisor', false, true, 6.9, false],
    ['supervisor', true, true, 8, false],
    ['admin', false, false, 8, false],
    ['dispatcher', false, true, 8, false],
    ['ai_dispatcher', false, true, 8, false],
  ] as const
  for (const [role, enrolled, setting, days, must] of cases) {
    const who = `${role}, ${enrolled ? 'enrolled' : 'not enrolled'}, setting ${setting}, day ${days}`
    test(`${who}: ${must ? 'must' : 'need not'}`, () => {
      assert.equal(mustEnrol({ role, enrolled, from }, setting, day(days)), must)
    })
  }
})
