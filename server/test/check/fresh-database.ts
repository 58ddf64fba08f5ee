import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { startEmbeddedPostgres } from '../../lib/embedded-postgres/start.ts'
import { migrate } from '../../lib/migrate.ts'

export type FreshDatabase = { connection: pg.ClientConfig; url: string }

const name = 'toneout_check'

/** An embedded PostgreSQL of its own with every migration applied; it and its folder are gone afterwards. */
export async function withFreshDatabase<T>(work: (database: FreshDatabase) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'toneout-check-'))
  const problems: string[] = []
  try {
    const cluster = await startEmbeddedPostgres({
      dataDir,
      log: ({ level, msg }) => void (level === 'error' && problems.push(msg)),
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    })
    try {
      await cluster.ensureDatabase(name)
      const connection = cluster.options(name)
      await migrate(connection, () => new Date(0))
      return await work({ connection, url: cluster.url(name) })
    } finally {
      await cluster.stop()
    }
  } catch (error) {
    throw new Error([(error as Error).message, ...problems].join('\n'), { cause: error })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
