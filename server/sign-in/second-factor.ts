import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { sha256 } from '../lib/crypto.ts'

/** Six digits, 30 seconds, SHA-1: what every authenticator app knows (RFC 6238). */
const form = { algorithm: 'SHA1', digits: 6, period: 30 } as const

const totp = (secret: string, label: string) =>
  new TOTP({ ...form, issuer: 'Toneout', label, secret: Secret.fromBase32(secret) })

/** 160 random bits in base32. */
export const newSecret = () => new Secret({ size: 20 }).base32

/** What an authenticator app reads, as a link or a QR code. */
export const otpauthUri = (secret: string, username: string) => totp(secret, username).toString()

/**
 * The time step of a right code, undefined when it is wrong or not newer than `lastStep`: a code that was
 * looked over a shoulder is worth nothing. One step early or late is right, as clocks differ.
 */
export function stepOfCode(
  secret: string,
  code: string,
  lastStep: number,
  nowMs: number,
): number | undefined {
  const delta = totp(secret, '').validate({ token: code.replace(/\s/g, ''), timestamp: nowMs, window: 1 })
  if (delta === null) return undefined
  const step = Math.floor(nowMs / 1_000 / form.period) + delta
  return step > lastStep ? step : undefined
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Ten codes of 49 bits for when the phone is lost, each good once. */
export function newRecoveryCodes(): string[] {
  const code = () => Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: 10 }, () => code().replace(/^(.{5})/, '$1-'))
}

/** What its stored hash is made from; dashes, blanks and case do not matter. */
export const hashRecoveryCode = (code: string) => sha256(code.toLowerCase().replace(/[^a-z\d]/g, ''))
