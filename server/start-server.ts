import { join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { type FirstSecrets, makeFirstAccounts } from './access/first-start.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import type { BaseContext } from './context.ts'
import type { OpenedDatabase } from './database.ts'
import { openDatabase } from './lib/db.ts'
import { migrate } from './lib/migrate.ts'
import { readOrMakeSecret } from './lib/secret-file.ts'

export type RunningServer = { port: number; secrets: FirstSecrets; stop: () => Promise<void> }

/**
 * Brings the schema up to date, makes the first accounts and listens. `built` gives the folder of the
 * console.
 */
export async function startServer(
  config: Config,
  opened: OpenedDatabase,
  log: Logger,
  built: Promise<string | undefined>,
): Promise<RunningServer> {
  await migrate(opened.connection, () => new Date())
  const onIdleError = (error: Error) =>
    log.warn({ code: (error as { code?: string }).code }, 'a connection was lost')
  const db = openDatabase({ connection: opened.connection, onIdleError })
  const base: BaseContext = { config, db, now: () => new Date(), log }
  try {
    const secretKey = config.secretKey ?? readOrMakeSecret(join(resolve(config.dataDir), 'secret-key'))
    const fieldSecrets = config.fieldSecrets ?? [readOrMakeSecret(join(resolve(config.dataDir), 'field-key'))]
    const app = await createApp(base, { secretKey, fieldSecrets, consoleDist: await built })
    await app.listen({ host: config.host, port: config.port }).catch(async (error) => {
      await app.close()
      throw error
    })
    // After listening: secrets that are shown once must not be made by a start that fails.
    const secrets = await makeFirstAccounts(base)
    const address = app.server.address()
    const port = typeof address === 'object' && address ? address.port : config.port
    return { port, secrets, stop: () => app.close().then(db.close) }
  } catch (error) {
    await db.close()
    throw error
  }
}
