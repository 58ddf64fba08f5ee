import { argon2, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { createGate } from './turns.ts'

/**
 * SHA-256 as lower-case hex; for secrets of full entropy only (keys, session tokens), never for passwords.
 */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}

/** 256 random bits in base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Whole words of a password that a person may have to read aloud: 20 characters, about 100 bits. */
export function randomPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const picked = Array.from(randomBytes(20), (byte) => letters[byte % letters.length])
  return picked.join('').replace(/(.{5})(?=.)/g, '$1-')
}

const derive = promisify(argon2)
/** argon2id with 46 MiB and one pass, as OWASP's cheat sheet on password storage recommends. */
const cost = { memory: 47_104, passes: 1, parallelism: 1, tagLength: 32 }
/** At most four at once: each takes 46 MiB and a core for some 50 ms. */
const gate = createGate(4)

/** Password -> argon2id in PHC string form. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await gate.run(() => derive('argon2id', { message: password, nonce, ...cost }))
  const { memory, passes, parallelism } = cost
  const encode = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(nonce)}$${encode(tag as Buffer)}`
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** Whether the password is the one of the PHC string. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const found = phc.exec(stored)
  if (!found) return false
  const [, memory, passes, parallelism, nonce, tag] = found as unknown as string[]
  const expected = Buffer.from(tag as string, 'base64')
  const parameters = {
    message: password,
    nonce: Buffer.from(nonce as string, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  }
  const actual = (await gate.run(() => derive('argon2id', parameters))) as Buffer
  return timingSafeEqual(actual, expected)
}
