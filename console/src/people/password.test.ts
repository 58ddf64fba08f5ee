import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { newPassword } from './password.ts'

describe('a password that is made up', () => {
  it('has five groups of letters that nobody mixes up', () => {
    for (let each = 0; each < 200; each += 1)
      assert.match(newPassword(), /^([a-hjkmnp-z2-9]{4}-){4}[a-hjkmnp-z2-9]{4}$/)
  })

  it('takes each letter as likely as the next, and only from what is random', () => {
    const counts = new Map<string, number>()
    let next = 0
    const inTurn = (bytes: Uint8Array) => {
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = next++ % 256
    }
    // All bytes in turn, about five times over.
    const text = Array.from({ length: 62 }, () => newPassword(inTurn))
      .join('')
      .replaceAll('-', '')
    for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    assert.equal(counts.size, 31)
    const most = Math.max(...counts.values())
    const least = Math.min(...counts.values())
    assert.ok(most - least <= 0.15 * most, `${least} to ${most}`)
  })

  it('has no letters that were random before', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20, max: 247 }), (random) => {
        const seen = newPassword((bytes) => bytes.set(random)).replaceAll('-', '')
        assert.equal(seen.length, 20)
        for (const [at, byte] of random.entries()) assert.equal(seen[at], letters[byte % 31])
      }),
    )
  })
})

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
