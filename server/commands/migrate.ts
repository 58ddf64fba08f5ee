import type { Config } from '../config.ts'
import { openConfigured } from '../database.ts'
import { migrate } from '../lib/migrate.ts'
import { say } from './say.ts'

/** `npm run migrate`: applies what is missing, also beside a running server. */
export async function migrateCommand(config: Config): Promise<void> {
  const opened = await openConfigured(config, () => {}, { joinRunning: true })
  try {
    const done = await migrate(opened.connection, () => new Date())
    for (const name of done) say(`applied ${name}`)
    say(
      done.length === 0
        ? `${config.databaseName} is current`
        : `${config.databaseName}: ${done.length} applied`,
    )
  } finally {
    await opened.close()
  }
}
