import { join, resolve } from 'node:path'
import { openVault } from '../caller-data/open-vault.ts'
import type { Config } from '../config.ts'
import type { Database } from '../lib/db.ts'
import { readOrMakeSecret } from '../lib/secret-file.ts'
import type { Vault } from '../lib/vault.ts'
import { withDatabase } from './with-database.ts'

export type Opened = {
  db: Database
  vault: Vault
  now: () => Date
  secrets: readonly string[]
  /** DATA_DIR as a whole path. */
  dataDir: string
}

/** Runs a command's work on the configured database with the keys of its caller data. */
export async function withVault(config: Config, work: (opened: Opened) => Promise<void>): Promise<void> {
  await withDatabase(config, async (db) => {
    const dataDir = resolve(config.dataDir)
    const secrets = config.fieldSecrets ?? [readOrMakeSecret(join(dataDir, 'field-key'))]
    const now = () => new Date()
    await work({ db, vault: await openVault({ db, now }, secrets), now, secrets, dataDir })
  })
}
