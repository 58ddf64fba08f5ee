import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identityOf, until } from '../../lib/embedded-postgres/processes.ts'

export type ServerProcess = {
  child: ChildProcess
  baseUrl: string
  /** All that it printed. */
  output: () => string
  /** Ends it with the signal and waits until it, and for SIGTERM its database too, is gone. */
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

const main = join(import.meta.dirname, '../../main.ts')

/** Runs a command of the server program as a person does, with this environment and no other. */
export function spawnMain(command: string, env: Record<string, string>, argv: string[] = []): ChildProcess {
  const { PATH = '', HOME = '', TMPDIR = '', NODE_COMPILE_CACHE } = process.env
  const compiled = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }
  return spawn(process.execPath, [main, command, ...argv], {
    env: { PATH, HOME, TMPDIR, ...compiled, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** A DATA_DIR of its own that the user PostgreSQL runs as under root can go through; its maker removes it. */
export function makeDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'toneout-data-'))
  chmodSync(folder, 0o755)
  return folder
}

const started = new Set<ChildProcess>()

/** Ends what a failed test left running: an open pipe would keep its file from ending. */
export function endStarted(): void {
  for (const child of started) if (!isOver(child)) child.kill('SIGTERM')
}

const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

/**
 * `node server/main.ts serve` on a free port with the embedded database of the folder; resolves when it is
 * ready.
 */
export async function startServerProcess(
  dataDir: string,
  env: Record<string, string>,
): Promise<ServerProcess> {
  const child = spawnMain('serve', { PORT: '0', DATA_DIR: dataDir, RATE_LIMIT_FACTOR: '1000', ...env })
  started.add(child)
  let output = ''
  for (const pipe of [child.stdout, child.stderr]) {
    pipe?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  // The whole announcement, which may come in pieces: what it says is read right after.
  const address = () => /Toneout is ready on (http:\S+)[\s\S]*Press Ctrl-C/.exec(output)?.[1]
  // Long, because a first start may build the console beside other tests.
  await until(() => address() !== undefined || isOver(child), 180_000, 10)
  const baseUrl = address()
  if (baseUrl === undefined) {
    child.kill('SIGKILL')
    throw new Error(`the server did not start:\n${output}`)
  }
  return {
    child,
    baseUrl,
    output: () => output,
    async end(signal) {
      const database = postmasterOf(dataDir)
      child.kill(signal)
      const gone = () => isOver(child) && (database === undefined || identityOf(database) === undefined)
      if (!(await until(gone, 90_000))) throw new Error('the server or its database did not end')
    },
  }
}

/** The pid of the embedded PostgreSQL of the folder; undefined when there is none. */
export function postmasterOf(dataDir: string): number | undefined {
  try {
    const pid = readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]
    return Number(pid) || undefined
  } catch {
    return undefined
  }
}
