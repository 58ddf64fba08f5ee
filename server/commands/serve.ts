import { join, resolve } from 'node:path'
import pino, { type Logger } from 'pino'
import { type FirstSecrets, makeFirstAccounts } from '../access/first-start.ts'
import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { type OpenedDatabase, openConfigured } from '../database.ts'
import { buildConsole } from '../lib/build-console.ts'
import { openDatabase } from '../lib/db.ts'
import { migrate } from '../lib/migrate.ts'
import { readOrMakeSecret } from '../lib/secret-file.ts'
import { CommandFault, say } from './say.ts'

/** Milliseconds after which a stop is forced; Ctrl-C promises 3 s. */
const stopMs = 2_500

/** Fails early and by name when the port is taken, before a database is started for nothing. */
function listenFault(error: unknown, { host, port }: Config): unknown {
  const { code } = error as { code?: string }
  if (code === 'EADDRINUSE') {
    return new CommandFault(`Port ${port} on ${host} is in use. Stop the program that has it, or set PORT.`)
  }
  if (code === 'EACCES') return new CommandFault(`Port ${port} needs privileges. Set PORT to 1024 or above.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new CommandFault(`HOST ${host} is not an address of this machine.`)
  }
  return error
}

function announce(config: Config, port: number, secrets: FirstSecrets): void {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  say(`\nToneout is ready on http://${host}:${port}`)
  if (secrets.admin?.password) {
    say(`\n  Admin username  ${secrets.admin.username}\n  Admin password  ${secrets.admin.password}`)
  }
  if (secrets.aiKey) say(`  AI dispatcher key  ${secrets.aiKey}`)
  if (secrets.admin?.password || secrets.aiKey) say('\nThese are shown once; keep them now.')
  say('Press Ctrl-C to stop.')
}

type Running = { stop: () => Promise<void> }

async function run(
  config: Config,
  opened: OpenedDatabase,
  log: Logger,
  built: Promise<string | undefined>,
): Promise<Running> {
  await migrate(opened.connection, () => new Date())
  const onIdleError = (error: Error) =>
    log.warn({ code: (error as { code?: string }).code }, 'a connection was lost')
  const db = openDatabase({ connection: opened.connection, onIdleError })
  const ctx: Context = { config, db, now: () => new Date(), log }
  try {
    const secrets = await makeFirstAccounts(ctx)
    const secretKey = config.secretKey ?? readOrMakeSecret(join(resolve(config.dataDir), 'secret-key'))
    const app = await createApp(ctx, { secretKey, consoleDist: await built })
    await app.listen({ host: config.host, port: config.port }).catch(async (error) => {
      await app.close()
      throw listenFault(error, config)
    })
    const address = app.server.address()
    announce(config, typeof address === 'object' && address ? address.port : config.port, secrets)
    return { stop: () => app.close().then(db.close) }
  } catch (error) {
    await db.close()
    throw error
  }
}

/** `npm start`: the database, its schema, the console and the server; ends on SIGINT or SIGTERM. */
export async function serve(config: Config): Promise<void> {
  const log = pino({ level: 'info', redact: [], base: { pid: process.pid } })
  const opening = openConfigured(config, ({ level, ...line }) => log[level](line))
  // Calls are taken even when the page cannot be built.
  const built = buildConsole(say).catch((error: Error) => {
    log.error({ problem: error.message }, 'the console is not served; the API is')
    return undefined
  })
  const opened = await opening
  let stopping = false
  const end = async (running: Running | undefined, code: number) => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(code || 1), stopMs).unref()
    await running?.stop().catch(() => {})
    await opened.close()
    process.exit(code)
  }
  let running: Running | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void end(running, signal === 'SIGINT' ? 130 : 143))
  }
  try {
    running = await run(config, opened, log, built)
  } catch (error) {
    await opened.close()
    throw error
  }
}
