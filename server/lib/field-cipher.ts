import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/** Where a sealed value lives; it opens nowhere else. */
export type Place = { table: string; column: string; row: number }

/** A 256-bit key and the number it is stored under. */
export type DataKey = { id: number; key: Buffer }

const version = 1
const sizes = { head: 5, nonce: 12, tag: 16 }

/** Bound to its place and key: a sealed value that is moved to another row does not open. */
const context = ({ table, column, row }: Place, keyId: number) =>
  Buffer.from(`${table}|${column}|${row}|${keyId}`)

/**
 * Text -> 1 byte of version, 4 bytes of the key's number (big-endian), 12 random bytes of nonce, AES-256-GCM
 * ciphertext, 16 bytes of tag (NIST SP 800-38D). One key may seal 2^32 values with random nonces; a centre's
 * key is changed long before.
 */
export function sealText({ id, key }: DataKey, place: Place, text: string): Buffer {
  const head = Buffer.alloc(sizes.head)
  head.writeUInt8(version, 0)
  head.writeUInt32BE(id, 1)
  const nonce = randomBytes(sizes.nonce)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context(place, id))
  return Buffer.concat([head, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** The number of the key a value was sealed with. Throws when it is no sealed value. */
export function keyIdOf(sealed: Buffer): number {
  if (sealed.length < sizes.head + sizes.nonce + sizes.tag || sealed.readUInt8(0) !== version) {
    throw new Error('not a sealed value')
  }
  return sealed.readUInt32BE(1)
}

/** The text again. Throws when the value, its place or the key is another one. */
export function openText(key: Buffer, place: Place, sealed: Buffer): string {
  const id = keyIdOf(sealed)
  const nonce = sealed.subarray(sizes.head, sizes.head + sizes.nonce)
  const tag = sealed.subarray(-sizes.tag)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(context(place, id)).setAuthTag(tag)
  const body = sealed.subarray(sizes.head + sizes.nonce, -sizes.tag)
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
}

/**
 * What a value is looked up by without opening any: HMAC-SHA-256 under a key of its own, cut to 16 bytes. An
 * unkeyed hash of a telephone number would be found by trying all numbers.
 */
export function blindIndex(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest().subarray(0, 16)
}
