import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { comparableNumber, maskNumber } from './caller-number.ts'

describe("a caller's number", () => {
  const masks = [
    ['+15555550142', '+1555•••0142'],
    ['+442071838750', '+4420•••8750'],
    ['(555) 555-0142', '555•••0142'],
    ['+15550142', '+1•••0142'],
    ['5550142', '•••42'],
    ['112', '•••'],
    ['anonymous', 'anonymous'],
    ['Restricted', 'Restricted'],
    ['', ''],
    ['sip:jo.doe@example.org', '•••'],
    ['Jo Doe', '•••'],
  ] as const
  for (const [number, shown] of masks) {
    it(`${number || 'nothing'} is shown as ${shown || 'nothing'}`, () => {
      assert.equal(maskNumber(number), shown)
    })
  }

  it('keeps at least three digits hidden, whatever the number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+?\d{1,20}$/), (number) => {
        const hidden = number.replace(/\D/g, '').length - maskNumber(number).replace(/\D/g, '').length
        assert.ok(hidden >= Math.min(3, number.replace(/\D/g, '').length))
      }),
    )
  })

  it('shows nothing of a text that is no number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,20}@[a-z]{3,9}$/), (text) =>
        assert.equal(maskNumber(text), '•••'),
      ),
    )
  })

  const same = [
    ['+1 (555) 555-0142', '+15555550142', true],
    ['15555550142', '+15555550142', true],
    ['5555550142', '+15555550142', false],
    [' Anonymous', 'anonymous', true],
    ['sip:a@b', 'SIP:A@B', true],
  ] as const
  for (const [a, b, equal] of same) {
    it(`${a} and ${b} are ${equal ? 'the same' : 'different'}`, () => {
      assert.equal(comparableNumber(a) === comparableNumber(b), equal)
    })
  }
})
