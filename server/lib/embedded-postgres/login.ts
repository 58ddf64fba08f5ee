import { realpathSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import pg from 'pg'
import { readPassword, superuser } from './cluster.ts'
import { readHolder } from './lock.ts'
import type { Address } from './settings.ts'

/** How to connect to a running embedded PostgreSQL. */
export type Login = Address & {
  user: string
  password: string
  /** A postgres:// URL that pg and libpq's programs both read. */
  url(database: string): string
  options(database: string): pg.ClientConfig
  /** Makes the database unless it is there; two callers at once both succeed. */
  ensureDatabase(name: string): Promise<void>
}

export function loginTo({ host, port }: Address, password: string): Login {
  const options = (database: string) => {
    return { host, port, user: superuser, password, database, ssl: false, connectionTimeoutMillis: 5000 }
  }
  const where = isAbsolute(host)
    ? (database: string) => `/${database}?host=${encodeURIComponent(host)}&port=${port}&sslmode=disable`
    : (database: string) => `${host}:${port}/${database}?sslmode=disable`
  return {
    host,
    port,
    user: superuser,
    password,
    url: (database) => `postgres://${superuser}:${password}@${where(encodeURIComponent(database))}`,
    options,
    ensureDatabase: (name) => ensureDatabase(options('postgres'), name),
  }
}

/**
 * The login to the PostgreSQL that another process runs for this DATA_DIR, for commands beside a running
 * server; undefined when none answers there.
 */
export async function findRunning(dataDir: string): Promise<Login | undefined> {
  try {
    const home = realpathSync(join(resolve(dataDir), 'postgres'))
    const holder = readHolder(home)
    if (!holder?.host || !holder.port) return undefined
    const login = loginTo({ host: holder.host, port: holder.port }, readPassword(home))
    return (await probe(login.options('postgres'))) === 'ready' ? login : undefined
  } catch {
    return undefined
  }
}

/**
 * Asks a server how it is. `silent`: nothing answers; `starting`: it is there and recovers or starts.
 * Errors: what it refuses a finished connection with, such as a wrong password.
 */
export async function probe(options: pg.ClientConfig): Promise<'ready' | 'starting' | 'silent'> {
  const client = new pg.Client(options)
  client.on('error', () => {})
  try {
    await client.connect()
    return 'ready'
  } catch (error) {
    const { code } = error as { code?: string }
    // All connections being taken means that it takes connections.
    if (code === '53300') return 'ready'
    if (code === '57P03') return 'starting'
    if (code === undefined || /^E|^57P/.test(code)) return 'silent'
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

async function ensureDatabase(options: pg.ClientConfig, name: string): Promise<void> {
  const client = new pg.Client(options)
  client.on('error', () => {})
  await client.connect()
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount) return
    // template0, because nobody can be connected to it, which would make the copy fail.
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE template0`)
  } catch (error) {
    const duplicate = ['42P04', '23505']
    if (!duplicate.includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end()
  }
}
