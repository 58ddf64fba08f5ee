import type { Config } from '../config.ts'
import { openConfigured } from '../database.ts'
import { type Database, openDatabase } from '../lib/db.ts'
import { migrate } from '../lib/migrate.ts'

/**
 * Runs a command's work on the configured database, brought up to date first; also beside a running server.
 */
export async function withDatabase(config: Config, work: (db: Database) => Promise<void>): Promise<void> {
  const opened = await openConfigured(config, () => {}, { joinRunning: true })
  const db = openDatabase({ connection: opened.connection, onIdleError: () => {} })
  try {
    await migrate(opened.connection, () => new Date())
    await work(db)
  } finally {
    await db.close()
    await opened.close()
  }
}
