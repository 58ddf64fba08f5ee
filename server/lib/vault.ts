import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { blindIndex, type DataKey, keyIdOf, openText, type Place, sealText } from './field-cipher.ts'

/**
 * A data key as it is stored: sealed with a secret that is not in the database. `field` keys seal values; the
 * one `index` key makes what values are looked up by.
 */
export type StoredKey = { id: number; purpose: 'field' | 'index'; wrapped: Buffer; usable_from: string }

/** What a person must mend before anything can be opened. */
export class VaultFault extends Error {}

/** Seals and opens caller data. Its keys are in memory only. */
export type Vault = {
  seal: (place: Place, text: string) => Buffer
  open: (place: Place, sealed: Buffer) => string
  /** What the value is looked up by: 16 bytes. */
  index: (text: string) => Buffer
  /** The number of the key that values are sealed with now. */
  currentKey: () => number
  /** Takes the keys as they are stored now; throws when none of the secrets opens one of them. */
  take: (keys: readonly StoredKey[]) => void
}

/** 256 bits from a secret of high entropy (RFC 5869), and a number that tells it from other secrets. */
function masterOf(secret: string): DataKey {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'toneout field keys', 32))
  return { id: createHash('sha256').update(key).digest().readUInt32BE(0), key }
}

const placeOf = (id: number): Place => ({ table: 'data_keys', column: 'wrapped', row: id })

/** A new random key, sealed with the first of the secrets. */
export function wrapNewKey(secrets: readonly string[], id: number): Buffer {
  const [first] = secrets
  if (first === undefined) throw new Error('no secret to wrap keys with')
  return sealText(masterOf(first), placeOf(id), randomBytes(32).toString('base64'))
}

/** The same key sealed with the first of the secrets, undefined when it is already. */
export function rewrapKey(secrets: readonly string[], stored: StoredKey): Buffer | undefined {
  const masters = secrets.map(masterOf)
  const [first] = masters
  if (!first || keyIdOf(stored.wrapped) === first.id) return undefined
  return sealText(first, placeOf(stored.id), unwrap(masters, stored).toString('base64'))
}

function unwrap(masters: readonly DataKey[], { id, wrapped }: StoredKey): Buffer {
  const master = masters.find((one) => one.id === keyIdOf(wrapped))
  if (!master) {
    throw new VaultFault(
      `The key of callers' numbers (data key ${id}) was sealed with another secret than those given. The ` +
        'secrets are those of FIELD_KEYS, or without it the one in DATA_DIR/field-key: give the one it was ' +
        'sealed with, also behind a newer one (docs/caller-data.md).',
    )
  }
  return Buffer.from(openText(master.key, placeOf(id), wrapped), 'base64')
}

/** `secrets` are those of FIELD_KEYS, the one in use first. Empty until `take`. */
export function createVault(secrets: readonly string[], now: () => Date): Vault {
  const masters = secrets.map(masterOf)
  let opened = new Map<number, Buffer>()
  let fields: { id: number; usableFrom: number }[] = []
  let index: Buffer | undefined

  /** The newest that may be used: a new key waits until every process has read it. */
  function current(): DataKey {
    const at = now().getTime()
    const id = fields.findLast(({ usableFrom }) => usableFrom <= at)?.id ?? fields[0]?.id ?? 0
    const key = opened.get(id)
    if (!key) throw new Error('there is no data key')
    return { id, key }
  }

  return {
    seal: (place, text) => sealText(current(), place, text),
    open(place, sealed) {
      const id = keyIdOf(sealed)
      const key = opened.get(id)
      if (!key) throw new Error(`data key ${id} is not known here`)
      return openText(key, place, sealed)
    },
    index(text) {
      if (!index) throw new Error('there is no index key')
      return blindIndex(index, text)
    },
    currentKey: () => current().id,
    take(keys) {
      const known = opened
      const all = keys.map((one) => [one.id, known.get(one.id) ?? unwrap(masters, one)] as const)
      opened = new Map(all)
      const usable = keys.filter(({ purpose }) => purpose === 'field')
      fields = usable
        .map((one) => ({ id: one.id, usableFrom: Date.parse(one.usable_from) }))
        .toSorted((a, b) => a.usableFrom - b.usableFrom || a.id - b.id)
      const indexId = keys.find(({ purpose }) => purpose === 'index')?.id
      index = indexId === undefined ? undefined : opened.get(indexId)
    },
  }
}
