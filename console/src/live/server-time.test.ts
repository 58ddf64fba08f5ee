import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { addSample, clockOffset, delayOf, type Samples } from './server-time.ts'

const sampled = (differences: readonly number[]) =>
  differences.reduce<Samples>((samples, difference) => addSample(samples, difference, 0), [])

describe('server time', () => {
  it('believes both clocks while the quickest heartbeat could be a network delay', () => {
    assert.equal(clockOffset(sampled([40, 12, 700])), 0)
    assert.equal(delayOf(sampled([40, 12]), 1_038, 1_000), 38)
  })

  it('corrects a clock that is ahead or behind', () => {
    assert.equal(clockOffset(sampled([65_000, 65_030])), 65_000)
    assert.equal(clockOffset(sampled([-3_000, -2_980])), -3_000)
    assert.equal(delayOf(sampled([65_000]), 165_038, 100_000), 38)
  })

  it('forgets old heartbeats, so that a corrected clock is believed again', () => {
    assert.equal(clockOffset(sampled([-9_000, ...Array.from({ length: 24 }, () => 20)])), 0)
  })

  it('never gives a negative delay and errs by less than the quickest delay', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e7, max: 1e7 }),
        fc.array(fc.nat({ max: 900 }), { minLength: 1, maxLength: 24 }),
        fc.nat({ max: 5_000 }),
        (ahead, delays, delay) => {
          const samples = sampled(delays.map((each) => ahead + each))
          const told = delayOf(samples, ahead + delay, 0)
          assert.ok(told >= 0)
          if (ahead < 0 || ahead >= 1_000) assert.ok(Math.abs(told - delay) <= Math.min(...delays))
        },
      ),
    )
  })
})
