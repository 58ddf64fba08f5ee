import type { Vault } from '../lib/vault.ts'

const place = (column: 'phone' | 'email', row: number) => ({ table: 'contacts', column, row })

/** What the table keeps of how somebody is reached. */
export const sealContact = (vault: Vault, column: 'phone' | 'email', row: number, text: string | null) =>
  text === null ? null : vault.seal(place(column, row), text)

export const openContact = (vault: Vault, column: 'phone' | 'email', row: number, sealed: Buffer | null) =>
  sealed === null ? null : vault.open(place(column, row), sealed)

const secretPlace = (row: number) => ({ table: 'webhooks', column: 'secret', row })
export const sealSecret = (vault: Vault, row: number, secret: string) => vault.seal(secretPlace(row), secret)
export const openSecret = (vault: Vault, row: number, sealed: Buffer) => vault.open(secretPlace(row), sealed)

const pushPlace = (row: number) => ({ table: 'push_subscriptions', column: 'subscription', row })
export const sealPush = (vault: Vault, row: number, text: string) => vault.seal(pushPlace(row), text)
export const openPush = (vault: Vault, row: number, sealed: Buffer) => vault.open(pushPlace(row), sealed)

const privateKeyPlace = { table: 'push_keys', column: 'private_key', row: 1 }
export const sealPrivateKey = (vault: Vault, key: string) => vault.seal(privateKeyPlace, key)
export const openPrivateKey = (vault: Vault, sealed: Buffer) => vault.open(privateKeyPlace, sealed)
