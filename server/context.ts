import type { Settings } from '@toneout/contract/model/settings.ts'
import type { FastifyBaseLogger } from 'fastify'
import type { Config } from './config.ts'
import type { Database } from './lib/db.ts'
import type { Vault } from './lib/vault.ts'

/** What a centre has set, in memory: the hot paths ask nobody. */
export type CurrentSettings = {
  current: () => Settings
  /** Reads them anew; when it has ended, what was set before it was called is known. */
  refresh: () => Promise<void>
}

/** What every command needs, passed first and never global. Time and ids come from here, never from SQL. */
export type Context = {
  config: Config
  db: Database
  now: () => Date
  log: FastifyBaseLogger
  settings: CurrentSettings
  /** Seals and opens caller data. */
  vault: Vault
  /** Told of every group commit of a lane: how many items and how long, in milliseconds. */
  onGroup?: (lane: 'intake' | 'desk', size: number, ms: number) => void
}
