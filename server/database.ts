import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import pg from 'pg'
import type { Config } from './config.ts'
import { appRole, makeAppRole, mayChangeHistory } from './lib/app-role.ts'
import { randomToken } from './lib/crypto.ts'
import { EmbeddedPostgresError } from './lib/embedded-postgres/errors.ts'
import { findRunning } from './lib/embedded-postgres/login.ts'
import { startEmbeddedPostgres } from './lib/embedded-postgres/start.ts'

export type Log = (line: { level: 'info' | 'warn' | 'error'; msg: string; [key: string]: unknown }) => void

/** Where the database is for this command, and what to do when the command ends. */
export type OpenedDatabase = {
  /** As the owner of the tables, for migrations and commands. */
  connection: pg.ClientConfig
  /** As the server works: with an embedded database as a role that cannot change the history. */
  serving: pg.ClientConfig
  url: string
  close: () => Promise<void>
}

export type OpenOptions = {
  /** Join the database that a running server holds, instead of refusing: for commands beside the server. */
  joinRunning?: boolean
  settings?: Record<string, string>
}

/**
 * Makes the database of DATABASE_URL when its server knows it not and allows it; two callers at once both
 * succeed. Gives whether its role could change the history.
 */
async function ensureOutside(url: string, name: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return await mayChangeHistory(client)
  } catch (error) {
    if ((error as { code?: string }).code !== '3D000') throw error
  } finally {
    await client.end().catch(() => {})
  }
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  const maker = new pg.Client({ connectionString: maintenance.href, connectionTimeoutMillis: 5_000 })
  maker.on('error', () => {})
  await maker.connect()
  try {
    await maker.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  } catch (error) {
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await maker.end()
  }
  // Whoever makes the database makes its tables, and owns them.
  return true
}

const ownerWords = 'The role of DATABASE_URL owns the history and could change it; see docs/audit.md'

/** The folder of DATA_DIR; says what is wrong with it in a sentence. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    const { code } = error as { code?: string }
    const text = `DATA_DIR ${path} cannot be made or used (${code}). Set DATA_DIR to another folder.`
    throw new EmbeddedPostgresError('no_permission', text, { cause: error })
  }
}

/**
 * Opens the database the configuration names: an outside one, or the embedded one, started when it must be.
 */
export async function openConfigured(
  config: Config,
  log: Log,
  options: OpenOptions = {},
): Promise<OpenedDatabase> {
  const { databaseUrl, databaseName } = config
  if (databaseUrl) {
    const isOwner = await ensureOutside(databaseUrl, databaseName)
    if (isOwner) log({ level: 'warn', msg: ownerWords })
    const connection = { connectionString: databaseUrl }
    return { connection, serving: connection, url: databaseUrl, close: async () => {} }
  }
  const dataDir = resolve(config.dataDir)
  makeFolder(dataDir)
  const running = options.joinRunning ? await findRunning(dataDir) : undefined
  const login = running ?? (await startEmbeddedPostgres({ dataDir, log, settings: options.settings }))
  const close =
    'stop' in login
      ? () => (login as Awaited<ReturnType<typeof startEmbeddedPostgres>>).stop()
      : async () => {}
  try {
    await login.ensureDatabase(databaseName)
    const connection = login.options(databaseName)
    const opened = { connection, serving: connection, url: login.url(databaseName), close }
    // Beside a running server the role is in use. Its password is new at each start and kept nowhere.
    if (running) return opened
    const password = randomToken()
    await makeAppRole(login.options('postgres'), password)
    return { ...opened, serving: { ...connection, user: appRole, password } }
  } catch (error) {
    await close()
    throw error
  }
}
