import pino from 'pino'
import { insertKey, insertPerson } from '../../access/store.ts'
import { createApp } from '../../app.ts'
import { openVault } from '../../caller-data/open-vault.ts'
import { type Config, readConfig } from '../../config.ts'
import type { Context } from '../../context.ts'
import { buildConsole } from '../../lib/build-console.ts'
import { randomPassword, randomToken, sha256 } from '../../lib/crypto.ts'
import { openDatabase } from '../../lib/db.ts'
import { createSettings } from '../../settings/current-settings.ts'
import { createTestDatabase, type TestDatabase } from './cluster.ts'
import { hashQuickly } from './quick-password.ts'

export type TestServer = {
  /** e.g. http://127.0.0.1:40123, without a trailing slash. */
  baseUrl: string
  /** An API key of the role ai_dispatcher. */
  key: string
  /** An API key of the role reader. */
  readerKey: string
  /** An admin, who may sign in at the page and get tokens. */
  username: string
  password: string
  app: Awaited<ReturnType<typeof createApp>>
  ctx: Context
  database: TestDatabase
  /** Lines the server logged. */
  logged: string[]
  close: () => Promise<void>
}

export type TestServerOptions = {
  config?: Partial<Config>
  now?: () => Date
  /** Serve the built console too. */
  console?: boolean
  /** Use this database instead of a fresh one, and leave it there: a second process on it. */
  database?: TestDatabase
  port?: number
  /** Where heads of the audit chain are kept; nowhere when it is left out. */
  headsFolder?: string
  /** Where roads are; none when it is left out. */
  streetsFolder?: string
  /** Where events of telephony wait; nowhere when it is left out. */
  telephonyFolder?: string
  /** Turn facts into messages and send them. */
  notifies?: boolean
  /** False: nothing is done by the clock, for tests that count what is read. */
  hasChores?: boolean
  /**
   * How many times as long as usual the time limits of the database are. A test that is about one of them
   * says 1; the others must hold on a machine that is busy with other tests.
   */
  patience?: number
}

/** A key of its own in the server's database. */
export async function makeKey(
  ctx: Context,
  role: 'ai_dispatcher' | 'reader' | 'unit_gateway',
  more: { rate_limit_per_second?: number; rate_limit_per_minute?: number; expires_at?: string } = {},
): Promise<string> {
  const key = `tone_${randomToken()}`
  const created_at = new Date().toISOString()
  await insertKey(ctx.db, { name: `test ${role}`, key: sha256(key), role, created_at, ...more })
  return key
}

/** What the server's tokens are signed with a key of. */
export const signingSecret = 'a test secret of more than thirty-two letters'
export const fieldSecret = 'a test secret for fields of more than thirty-two letters'

/** A real application on a free port with a database of its own. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const database = options.database ?? (await createTestDatabase())
  const { config } = readConfig({
    PORT: '0',
    RATE_LIMIT_FACTOR: '1000',
    SECOND_FACTOR_REQUIRED: 'false',
  })
  if (!config) throw new Error('the test configuration is wrong')
  Object.assign(config, options.config)
  const logged: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) })
  const { patience = 10 } = options
  const db = openDatabase({ connection: database.connection, onIdleError: () => {}, patience })
  const now = options.now ?? (() => new Date())
  const vault = await openVault({ db, now }, [fieldSecret])
  const ctx: Context = { config, db, now, log, settings: createSettings({ db, config }), vault }
  const [username, password] = [`admin-${randomToken().slice(0, 6)}`, randomPassword()]
  const created_at = new Date().toISOString()
  await insertPerson(db, { username, password_hash: hashQuickly(password), role: 'admin', created_at })
  const key = await makeKey(ctx, 'ai_dispatcher')
  const readerKey = await makeKey(ctx, 'reader')
  const consoleDist = options.console ? await buildConsole(() => {}) : undefined
  const app = await createApp(ctx, {
    secretKey: signingSecret,
    consoleDist,
    headsFolder: options.headsFolder,
    streetsFolder: options.streetsFolder,
    telephonyFolder: options.telephonyFolder,
    notifies: options.notifies,
    hasChores: options.hasChores,
  })
  const baseUrl = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 })
  const close = async () => {
    await app.close()
    await db.close()
    if (!options.database) await database.drop()
  }
  return { baseUrl, key, readerKey, username, password, app, ctx, database, logged, close }
}
