import { join, resolve } from 'node:path'
import { type FirstSecrets, makeFirstAccounts } from './access/first-start.ts'
import { createApp } from './app.ts'
import { openVault } from './caller-data/open-vault.ts'
import type { Context } from './context.ts'
import type { OpenedDatabase } from './database.ts'
import { openDatabase } from './lib/db.ts'
import { migrate } from './lib/migrate.ts'
import { readOrMakeSecret } from './lib/secret-file.ts'
import { createSettings } from './settings/current-settings.ts'

export type RunningServer = { port: number; secrets: FirstSecrets; stop: () => Promise<void> }

/**
 * Brings the schema up to date, makes the first accounts and listens. `built` gives the folder of the
 * console.
 */
export async function startServer(
  config: Context['config'],
  opened: OpenedDatabase,
  log: Context['log'],
  built: Promise<string | undefined>,
): Promise<RunningServer> {
  await migrate(opened.connection, () => new Date())
  const onIdleError = (error: Error) =>
    log.warn({ code: (error as { code?: string }).code }, 'a connection was lost')
  const db = openDatabase({ connection: opened.serving, onIdleError })
  try {
    const dataDir = resolve(config.dataDir)
    const secretKey = config.secretKey ?? readOrMakeSecret(join(dataDir, 'secret-key'))
    const fieldSecrets = config.fieldSecrets ?? [readOrMakeSecret(join(dataDir, 'field-key'))]
    const now = () => new Date()
    const vault = await openVault({ db, now }, fieldSecrets)
    const ctx: Context = { config, db, now, log, settings: createSettings({ db, config }), vault }
    const app = await createApp(ctx, {
      secretKey,
      consoleDist: await built,
      headsFolder: dataDir,
      streetsFolder: dataDir,
      telephonyFolder: dataDir,
      notifies: true,
    })
    await app.listen({ host: config.host, port: config.port }).catch(async (error) => {
      await app.close()
      throw error
    })
    // After listening: secrets that are shown once must not be made by a start that fails.
    const secrets = await makeFirstAccounts(ctx)
    const address = app.server.address()
    const port = typeof address === 'object' && address ? address.port : config.port
    return { port, secrets, stop: () => app.close().then(db.close) }
  } catch (error) {
    await db.close()
    throw error
  }
}
