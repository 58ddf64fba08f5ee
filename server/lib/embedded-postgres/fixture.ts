import assert from 'node:assert/strict'
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import pg from 'pg'
import { until } from './processes.ts'
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './start.ts'

// What the tests of this folder share.

export const isRoot = process.getuid?.() === 0
export const onLinux = process.platform === 'linux'

/** A crash of a process loses nothing with these off; only a power cut would. They make the tests quick. */
export const quick = { fsync: 'off', shared_buffers: '16MB', max_wal_size: '64MB', wal_buffers: '1MB' }

type Line = { level: string; msg: string }
type Started = EmbeddedPostgres & { lines: Line[]; states: string[] }
export type Event = {
  kind: string
  pid?: number
  url?: string
  code?: string
  message?: string
  msg?: string
}
export type ServerProcess = {
  child: ChildProcess
  events: Event[]
  /** The first event of the kind, or the end of the process. */
  next(kind: string): Promise<Event>
  exited: Promise<void>
}

// Hooks run in the order they were given, and the folder's comes first; so it calls these itself.
const endings = new WeakMap<TestContext, (() => unknown)[]>()

/** A folder of its own for one test, removed afterwards; nothing of PostgreSQL may be left in it. */
export function makeFolder(t: TestContext, name = 'toneout'): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)))
  // Root's PostgreSQL runs as another user, who has to get here.
  chmodSync(folder, 0o755)
  endings.set(t, [])
  t.after(async () => {
    for (const end of endings.get(t)!) await end()
    const isClean = await until(() => processesIn(folder).length === 0, 30_000)
    const left = processesIn(folder)
    for (const pid of left) process.kill(pid, 'SIGKILL')
    await until(() => processesIn(folder).length === 0, 30_000)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    assert.ok(isClean, `${left.length} processes of PostgreSQL were left in ${folder}`)
  })
  return folder
}

/** Has it done at the test's end, before its folder is removed; what was added last comes first. */
export function atEnd(t: TestContext, end: () => unknown): void {
  endings.get(t)!.unshift(end)
}

/** PostgreSQL's processes that stand in the folder or were told of it. */
export function processesIn(folder: string): number[] {
  if (!onLinux) return []
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  return pids.map(Number).filter((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      if (words === '' || pid === process.pid) return false
      const told = /postgres|initdb/.test(words.split('\0')[0]!) && words.includes(folder)
      return told || (words.startsWith('postgres: ') && realpathSync(`/proc/${pid}/cwd`).startsWith(folder))
    } catch {
      return false
    }
  })
}

/** Starts a database in this process; the test's end stops it. */
export async function start(
  t: TestContext,
  dataDir: string,
  more: Partial<EmbeddedOptions> = {},
): Promise<Started> {
  const lines: Line[] = []
  const states: string[] = []
  const log = (line: Line) => lines.push(line)
  const onState = (state: string) => states.push(state)
  const surroundings = { ...standIns(dataDir), ...more.surroundings }
  const options = { dataDir, settings: quick, log, onState, ...more, surroundings }
  const database = await startEmbeddedPostgres(options)
  atEnd(t, () => database.stop())
  return { ...database, lines, states }
}

/** Folders for root's copies, so that no test writes into /var. */
export function standIns(dataDir: string): { dataRoot: string; cacheRoot: string } {
  return { dataRoot: `${dataDir}-outside`, cacheRoot: `${dataDir}-cache` }
}

/** Starts a database in a process of its own, which the test's end kills. */
export function startProcess(
  t: TestContext,
  dataDir: string,
  more: Partial<EmbeddedOptions> = {},
  spawning: SpawnOptions = {},
): ServerProcess {
  const surroundings = { ...standIns(dataDir), ...more.surroundings }
  const options = { dataDir, settings: quick, ...more, surroundings }
  const words = [join(import.meta.dirname, 'server-process.ts'), JSON.stringify(options)]
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  const child = spawn(process.execPath, words, { ...spawning, stdio: [...stdio] })
  atEnd(t, () => child.kill('SIGKILL'))
  const events: Event[] = []
  const lines = createInterface({ input: child.stdout! })
  const exited = new Promise<void>((done) => child.on('exit', () => done()))
  lines.on('line', (line) => events.push(JSON.parse(line) as Event))
  const next = async (kind: string) => {
    const find = () => events.find((event) => event.kind === kind)
    const isOver = () => child.exitCode !== null || child.signalCode !== null
    await until(() => find() !== undefined || isOver(), 30_000, 5)
    await until(() => find() !== undefined, 1000, 5)
    const found = find()
    assert.ok(found, `no "${kind}" came, but ${JSON.stringify(events)}`)
    return found
  }
  return { child, events, next, exited }
}

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Asks again until the database answers, as a client with a pool does after a crash. */
export async function queryWhenUp(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const end = performance.now() + 15_000
  for (;;) {
    try {
      return await query(url, sql)
    } catch (error) {
      if (performance.now() > end) throw error
      await until(() => false, 20)
    }
  }
}
