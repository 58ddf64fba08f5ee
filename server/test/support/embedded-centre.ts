import { rmSync } from 'node:fs'
import pg from 'pg'
import pino from 'pino'
import { type Config, readConfig } from '../../config.ts'
import { type OpenedDatabase, openConfigured } from '../../database.ts'
import { openDatabase } from '../../lib/db.ts'
import { type RunningServer, startServer } from '../../start-server.ts'
import { signIn } from './centre.ts'
import { withKey } from './http.ts'
import type { TestServer } from './test-server.ts'

const key = 'tone_key_of_an_embedded_centre_1'

export function configOf(env: Record<string, string>): Config {
  const { config } = readConfig({ PORT: '0', AI_DISPATCHER_KEY: key, ...env })
  if (!config) throw new Error('the test configuration is wrong')
  return config
}

async function connect(options: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(options)
  client.on('error', () => {})
  await client.connect()
  return client
}

/** What `npm start` runs on a data folder, in this process and without the page. */
export async function startEmbeddedCentre(dataDir: string) {
  const logged: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
  const start = async (config: Config) => {
    const opened = await openConfigured(config, ({ level, ...line }) => log[level](line))
    const server = await startServer(config, opened, log, Promise.resolve(undefined))
    return { opened, server }
  }
  const config = configOf({ DATA_DIR: dataDir })
  const begin = async () => {
    const { opened, server } = await start(config)
    const owner = await connect(opened.connection)
    const app = await connect(opened.serving)
    return { opened, server, owner, app }
  }
  let now: { opened: OpenedDatabase; server: RunningServer; owner: pg.Client; app: pg.Client } = await begin()
  const end = async () => {
    await Promise.all([now.owner.end(), now.app.end()])
    await now.server.stop()
    await now.opened.close()
  }
  const url = () => `http://127.0.0.1:${now.server.port}`
  return {
    logged,
    /** As the owner of the tables, and as the role the server works as. */
    owner: () => now.owner,
    app: () => now.app,
    opened: () => now.opened,
    program: () => withKey(url(), key),
    /** Work on what tests prepare by SQL, as the owner. */
    async prepare<T>(work: (hub: TestServer) => Promise<T>): Promise<T> {
      const db = openDatabase({ connection: now.opened.connection, onIdleError: () => {} })
      try {
        return await work({ baseUrl: url(), ctx: { db } } as unknown as TestServer)
      } finally {
        await db.close()
      }
    },
    person(username: string, role: 'dispatcher' | 'supervisor') {
      return this.prepare(async (hub) => (await signIn(hub, username, role)).ask)
    },
    async restart() {
      await end()
      now = await begin()
    },
    /** Starts and stops one more server with this configuration. */
    async startAnother(env: Record<string, string>) {
      const { opened, server } = await start(configOf(env))
      await server.stop()
      await opened.close()
    },
    async close() {
      await end()
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
