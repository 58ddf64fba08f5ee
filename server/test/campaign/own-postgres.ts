import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../lib/embedded-postgres/start.ts'

export type OwnPostgres = {
  database: (name: string) => Promise<string>
  /** With -9, as the kernel does that is out of memory; it is started again by itself. */
  kill: () => void
  stop: () => Promise<void>
}

/**
 * A PostgreSQL of the campaigns alone: they terminate connections and wait for locks, which other tests must
 * not feel. Without fsync, because only programs are killed here, never the machine: what they wrote is with
 * the kernel.
 */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'toneout-campaign-db-'))
  chmodSync(dataDir, 0o755)
  const settings = { fsync: 'off', max_connections: '160', shared_buffers: '64MB' }
  const cluster = await startEmbeddedPostgres({ dataDir, log: () => {}, settings })
  return {
    database: async (name) => {
      await cluster.ensureDatabase(name)
      return cluster.url(name)
    },
    kill: () => {
      const pid = cluster.pid()
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
    },
    stop: async () => {
      await cluster.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
