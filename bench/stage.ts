import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../server/lib/embedded-postgres/start.ts'
import { cpuSeconds } from './cpu.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/** Tells the person who waits how far it is. */
export type Say = (line: string) => void

/** A database of its own with a server process on it, and a connection to look at what is there. */
export type Scene = {
  server: ServerProcess
  sql: pg.Client
  login: pg.ClientConfig
  aiKey: string
  /** CPU seconds of PostgreSQL so far. */
  postgresCpu: () => number
}

/** `env` is set beside what every server of the bench has. */
type SceneOptions = { profile?: string; env?: Record<string, string> }

/** A real PostgreSQL with everything on in a folder of its own. */
export type Stage = {
  folder: string
  /** Aborted when the bench is told to stop. */
  signal: AbortSignal
  open: (name: string, options?: SceneOptions) => Promise<Scene>
  /** What must be ended with the bench; gives the way to end it earlier. */
  onClose: (end: () => Promise<void> | void) => () => Promise<void>
  close: () => Promise<void>
}

/** Ends what was begun, the last first, each once. */
function createEnds() {
  const ends: (() => Promise<void> | void)[] = []
  return {
    add(end: () => Promise<void> | void) {
      ends.push(end)
      return async () => {
        const at = ends.indexOf(end)
        if (at < 0) return
        ends.splice(at, 1)
        await end()
      }
    },
    async all() {
      for (let end = ends.pop(); end; end = ends.pop()) await end()
    },
  }
}

/** The key that everything in the folder is opened with; that of a kept folder is kept in it. */
function keyOf(folder: string): string {
  const file = join(folder, 'bench-key')
  if (!existsSync(file)) writeFileSync(file, `tone_bench_${randomBytes(24).toString('hex')}`, { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

async function openScene(
  stage: Stage,
  cluster: EmbeddedPostgres,
  name: string,
  { profile, env }: SceneOptions,
): Promise<Scene> {
  await cluster.ensureDatabase(name)
  const login = cluster.options(name)
  const aiKey = keyOf(stage.folder)
  const dataDir = join(stage.folder, `server-${name}`)
  // A URL needs a host where it has a password; the socket's folder in the query wins over it.
  const databaseUrl = cluster.url(name).replace('@/', '@localhost/')
  const { onClose, signal: hurry } = stage
  const server = await startServer({ databaseUrl, dataDir, aiKey, profile, env, hurry, onClose })
  const sql = new pg.Client(login)
  await sql.connect()
  stage.onClose(() => sql.end())
  return { server, sql, login, aiKey, postgresCpu: () => cpuSeconds(cluster.pid() ?? 0) }
}

/** In a new folder that goes with the bench, or in `kept`, which stays. */
export async function openStage(signal: AbortSignal, kept?: string): Promise<Stage> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'toneout-bench-'))
  mkdirSync(folder, { recursive: true })
  // Started by root, PostgreSQL runs as somebody else, who must be able to go through.
  chmodSync(folder, 0o755)
  const ends = createEnds()
  if (!kept) ends.add(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  const faults: string[] = []
  try {
    const cluster = await startEmbeddedPostgres({
      dataDir: folder,
      log: ({ level, msg }) => level !== 'info' && faults.push(msg),
      settings: { max_connections: '120' },
    })
    ends.add(() => cluster.stop())
    const stage: Stage = {
      folder,
      signal,
      open: (name, options) => openScene(stage, cluster, name, options ?? {}),
      onClose: ends.add,
      close: ends.all,
    }
    return stage
  } catch (error) {
    await ends.all()
    throw error
  }
}
