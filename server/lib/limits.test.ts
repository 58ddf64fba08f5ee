import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { keyRoles, personRoles } from '@toneout/contract/roles.ts'
import { type Limit, ownLimits, refill, roleLimits, secondsToToken, times } from './limits.ts'
import { createBuckets } from './limits-shared.ts'

test('every role has a limit, and a token is never dearer than a burst', () => {
  for (const role of [...personRoles, ...keyRoles]) assert.ok(roleLimits[role].burst >= 1, role)
  assert.deepEqual(roleLimits.ai_dispatcher, { perSecond: 600, burst: 6_000 })
  assert.deepEqual(times({ perSecond: 2, burst: 3 }, 10), { perSecond: 20, burst: 30 })
})

describe("a key's own limits", () => {
  const cases: [number | null, number | null, Limit[]][] = [
    [null, null, []],
    [5, null, [{ perSecond: 5, burst: 10 }]],
    [null, 30, [{ perSecond: 0.5, burst: 30 }]],
    [5, 60, [5, 60].map((n, at) => (at === 0 ? { perSecond: n, burst: 10 } : { perSecond: 1, burst: n }))],
  ]
  for (const [rate_limit_per_second, rate_limit_per_minute, limits] of cases) {
    test(`${rate_limit_per_second} a second, ${rate_limit_per_minute} a minute`, () =>
      assert.deepEqual(ownLimits({ rate_limit_per_second, rate_limit_per_minute }), limits))
  }
})

describe('a bucket', () => {
  const limit = { perSecond: 10, burst: 20 }
  const cases: [string, number, number, number, number][] = [
    ['empty, at once', 0, 0, 0, 0.1],
    ['empty, half a token later', 0, 50, 0.5, 0.05],
    ['empty, a token later', 0, 100, 1, 0],
    ['owing a burst', -20, 0, -20, 2.1],
    ['owing a burst, a second later', -20, 1_000, -10, 1.1],
    ['full, a day later', 20, 86_400_000, 20, 0],
    ['when the clock goes back', 3, -1_000, 3, 0],
  ]
  for (const [name, tokens, ms, after, wait] of cases) {
    test(name, () => {
      const bucket = { limit, tokens, at: 1_000, unshared: 0 }
      refill(bucket, 1_000 + ms)
      assert.ok(Math.abs(bucket.tokens - after) < 1e-9)
      assert.ok(Math.abs(secondsToToken(bucket) - wait) < 1e-9)
    })
  }
})

describe('callers of one process', () => {
  let now = 0
  const few = [{ perSecond: 0.5, burst: 3 }]
  const taken = (buckets: ReturnType<typeof createBuckets>, caller: string, count: number, limits = few) =>
    Array.from({ length: count }, () => buckets.take(caller, limits))

  test('a burst passes, then it is said when the next may come; others are not asked to wait', () => {
    const buckets = createBuckets(() => now)
    assert.deepEqual(taken(buckets, 'key 1', 5), [undefined, undefined, undefined, 2, 2])
    assert.deepEqual(taken(buckets, 'key 2', 1), [undefined])
    now += 1_000
    assert.deepEqual(taken(buckets, 'key 1', 1), [1])
    now += 1_000
    assert.deepEqual(taken(buckets, 'key 1', 2), [undefined, 2])
  })

  test('of two limits both count, and a refusal takes of neither', () => {
    const buckets = createBuckets(() => now)
    const both = [
      { perSecond: 1, burst: 2 },
      { perSecond: 0.1, burst: 3 },
    ]
    assert.deepEqual(taken(buckets, 'key 1', 3, both), [undefined, undefined, 1])
    now += 2_000
    assert.deepEqual(taken(buckets, 'key 1', 2, both), [undefined, 8])
  })

  test('a lower limit holds at once', () => {
    const buckets = createBuckets(() => now)
    taken(buckets, 'key 1', 1, [{ perSecond: 100, burst: 200 }])
    assert.deepEqual(taken(buckets, 'key 1', 4), [undefined, undefined, undefined, 2])
  })

  test('the memory of callers is bounded', () => {
    const buckets = createBuckets(() => now)
    for (let caller = 0; caller < 25_000; caller += 1) buckets.take(`stranger ${caller}`, few)
    assert.equal(buckets.size(), 10_000)
  })
})
