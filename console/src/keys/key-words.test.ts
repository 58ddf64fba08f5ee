import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { dayAfter, dayField, endOfDay, limitField, limitWords, stateOf } from './key-words.ts'

const now = Date.parse('2026-11-21T12:00:00Z')

describe('keys of programs', () => {
  const states: [string, string | null, string | null, ReturnType<typeof stateOf>][] = [
    ['never ends', null, null, 'in_use'],
    ['ends in a year', null, '2027-11-21T12:00:00Z', 'in_use'],
    ['ends in 14 days', null, '2026-12-05T12:00:00Z', 'soon'],
    ['ends in 14 days and a second', null, '2026-12-05T12:00:01Z', 'in_use'],
    ['ends now', null, '2026-11-21T12:00:00Z', 'expired'],
    ['was revoked', '2026-11-01T00:00:00Z', null, 'revoked'],
    ['was revoked and has ended', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', 'revoked'],
  ]
  for (const [name, revoked_at, expires_at, state] of states) {
    it(`one that ${name} is ${state}`, () => assert.equal(stateOf({ revoked_at, expires_at }, now), state))
  }

  it('say their own limits', () => {
    const words = (second: number | null, minute: number | null) =>
      limitWords({ rate_limit_per_second: second, rate_limit_per_minute: minute })
    assert.deepEqual(
      [words(null, null), words(20, null), words(null, 600), words(20, 600)],
      ['As its role', '20/s', '600/min', '20/s, 600/min'],
    )
    assert.deepEqual([limitField(''), limitField(' 5 ')], [null, 5])
  })

  it('end with a local day, and the field shows that day again', () => {
    const days = fc.date({ min: new Date(2001, 0, 1), max: new Date(2199, 0, 1), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const day = dayField(date.toISOString())
        const end = endOfDay(day)
        assert.equal(dayField(end), day)
        assert.ok(Date.parse(end!) >= date.getTime())
      }),
    )
    assert.deepEqual([endOfDay(''), dayField(null)], [null, ''])
    assert.equal(dayAfter(365, now), dayField('2027-11-21T12:00:00Z'))
  })
})
