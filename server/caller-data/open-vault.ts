import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { createVault, type Vault, wrapNewKey } from '../lib/vault.ts'
import * as store from './store.ts'

type Base = Pick<Context, 'db' | 'now'>

/** Makes the first keys; of several processes that start at once one does. */
async function makeFirstKeys(connection: Connection, secrets: readonly string[], at: string) {
  await store.lockDataKeys(connection)
  const keys = await store.readDataKeys(connection)
  for (const purpose of ['field', 'index'] as const) {
    if (keys.some((one) => one.purpose === purpose)) continue
    const id = await store.takeKeyId(connection)
    const wrapped = wrapNewKey(secrets, id)
    await store.insertDataKey(connection, { id, purpose, wrapped, created_at: at, usable_from: at })
  }
  return store.readDataKeys(connection)
}

/**
 * The vault with the keys of this database, made where there are none. Throws when FIELD_KEYS does not hold
 * the secret that a key was sealed with: to go on would leave caller data that nobody can read.
 */
export async function openVault({ db, now }: Base, secrets: readonly string[]): Promise<Vault> {
  const vault = createVault(secrets, now)
  const at = now().toISOString()
  vault.take(await transaction(db, (connection) => makeFirstKeys(connection, secrets, at)))
  return vault
}

/** Reads the keys again: another process has made one or sealed them anew. */
export async function readKeysAgain({ db }: Base, vault: Vault): Promise<void> {
  vault.take(await store.readDataKeys(db.pool))
}
