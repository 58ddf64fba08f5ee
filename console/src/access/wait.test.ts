import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Refused } from './ask.ts'
import { countdown, waitUntil, waitWords } from './wait.ts'

describe('a wait until the next try', () => {
  it('is what the server says with 429, and nothing else', () => {
    const before = Date.now()
    const until = waitUntil(new Refused(429, { code: 'rate_limited' }, '600'))
    assert.ok(until !== null && until >= before + 600_000 && until <= Date.now() + 600_000)
    assert.equal(waitUntil(new Refused(503, {}, '5')), null)
    assert.equal(waitUntil(new Refused(429, {}, null)), null)
    assert.equal(waitUntil(new Refused(429, {}, 'Sat, 21 Nov 2026 12:00:00 GMT')), null)
    assert.equal(waitUntil(new TypeError('no network')), null)
  })

  it('counts down to its last second, never to 0:00 before it is over', () => {
    assert.deepEqual(
      [600_000, 599_001, 1_000, 1, 0].map((left) => countdown(left, 0)),
      ['10:00', '10:00', '0:01', '0:01', '0:00'],
    )
  })

  it('is said in words once', () => {
    assert.deepEqual([0, 1, 1_001, 99_000, 99_001, 600_000].map(waitWords), [
      '1 second',
      '1 second',
      '2 seconds',
      '99 seconds',
      '2 minutes',
      '10 minutes',
    ])
  })
})
