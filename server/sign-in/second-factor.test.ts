import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Secret } from 'otpauth'
import { hashRecoveryCode, newRecoveryCodes, newSecret, otpauthUri, stepOfCode } from './second-factor.ts'

describe('codes of an authenticator app', () => {
  // The secret and codes of RFC 6238, appendix B (SHA-1), cut to six digits.
  const secret = Secret.fromLatin1('12345678901234567890').base32
  const known = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ] as const
  for (const [seconds, code] of known) {
    test(`${code} is right at ${seconds}`, () => {
      assert.equal(stepOfCode(secret, code, 0, seconds * 1_000), Math.floor(seconds / 30))
    })
  }

  test('a step early or late is right, two are not, and blanks do not matter', () => {
    const at = 1_111_111_109_000
    const step = Math.floor(at / 30_000)
    assert.equal(stepOfCode(secret, '081 804', 0, at + 30_000), step)
    assert.equal(stepOfCode(secret, '081804', 0, at - 30_000), step)
    assert.equal(stepOfCode(secret, '081804', 0, at + 60_000), undefined)
    assert.equal(stepOfCode(secret, '081804', 0, at - 60_000), undefined)
  })

  test('a code is good once', () => {
    const at = 1_111_111_109_000
    assert.equal(stepOfCode(secret, '081804', Math.floor(at / 30_000), at), undefined)
  })

  for (const code of ['', '0', '81804', '0818040', 'abcdef', '081805']) {
    test(`"${code}" is wrong`, () => assert.equal(stepOfCode(secret, code, 0, 1_111_111_109_000), undefined))
  }

  test('a new secret has 160 bits, and the link names the account', () => {
    assert.match(newSecret(), /^[A-Z2-7]{32}$/)
    assert.match(otpauthUri(newSecret(), 'anna'), /^otpauth:\/\/totp\/Toneout:anna\?.*secret=[A-Z2-7]{32}/)
  })

  test('recovery codes are ten and differ; writing them otherwise finds them', () => {
    const codes = newRecoveryCodes()
    assert.equal(new Set(codes).size, 10)
    const [one = ''] = codes
    assert.match(one, /^[a-z2-9]{5}-[a-z2-9]{5}$/)
    assert.equal(hashRecoveryCode(one), hashRecoveryCode(` ${one.replace('-', ' ').toUpperCase()}`))
  })
})
