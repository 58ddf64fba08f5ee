import type { FastifyBaseLogger } from 'fastify'
import type { Config } from './config.ts'
import type { Database } from './lib/db.ts'
import type { Vault } from './lib/vault.ts'

/** What every command needs, passed first and never global. Time and ids come from here, never from SQL. */
export type Context = {
  config: Config
  db: Database
  now: () => Date
  log: FastifyBaseLogger
  /** Seals and opens caller data. */
  vault: Vault
  /** Told of every group commit: how many items and how long, in milliseconds. */
  onGroup?: (size: number, ms: number) => void
}

/** The same before its keys have been read. */
export type BaseContext = Omit<Context, 'vault'>
