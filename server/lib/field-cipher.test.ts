import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { blindIndex, keyIdOf, openText, sealText } from './field-cipher.ts'

const key = { id: 7, key: randomBytes(32) }
const place = { table: 'calls', column: 'caller_number', row: 12 }

describe('a sealed field', () => {
  it('opens to the same text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(openText(key.key, place, sealText(key, place, text)), text)
      }),
    )
  })

  it('does not hold the text, and is another one each time', () => {
    const [a, b] = [sealText(key, place, '+15555550142'), sealText(key, place, '+15555550142')]
    assert.ok(!a.includes('5550142'))
    assert.notDeepEqual(a, b)
    assert.equal(keyIdOf(a), 7)
  })

  for (const [what, other] of [
    ['another row', { ...place, row: 13 }],
    ['another column', { ...place, column: 'location' }],
    ['another table', { ...place, table: 'people' }],
  ] as const) {
    it(`does not open in ${what}`, () => {
      const sealed = sealText(key, place, '+15555550142')
      assert.throws(() => openText(key.key, other, sealed))
    })
  }

  it('does not open with another key, nor with one bit of it changed', () => {
    const sealed = sealText(key, place, '+15555550142')
    assert.throws(() => openText(randomBytes(32), place, sealed))
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] as number) ^ 1
      assert.throws(() => openText(key.key, place, changed), `byte ${at}`)
    }
  })

  it('is refused when it is too short to be one', () => {
    assert.throws(() => keyIdOf(Buffer.from('+15555550142')))
  })

  it('is found by a keyed hash only', () => {
    const index = randomBytes(32)
    assert.deepEqual(blindIndex(index, '15555550142'), blindIndex(index, '15555550142'))
    assert.notDeepEqual(blindIndex(index, '15555550142'), blindIndex(index, '15555550143'))
    assert.notDeepEqual(blindIndex(index, '15555550142'), blindIndex(randomBytes(32), '15555550142'))
    assert.equal(blindIndex(index, '1').length, 16)
  })
})
