import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { cpuSeconds } from './cpu.ts'

export type ServerProcess = {
  port: number
  pid: number
  /** Milliseconds from the start of the process to the line that says it is ready. */
  readyMs: number
  /** What /metrics says, by the name of the series. */
  metrics: () => Promise<Map<string, number>>
  /** CPU seconds so far. */
  cpu: () => number
  stop: () => Promise<void>
}

type Launch = {
  command: string
  args: string[]
  env: Record<string, string>
  /** Once aborted, the process is ended without waiting for the requests it still answers. */
  hurry?: AbortSignal
  onClose: (end: () => Promise<void>) => () => Promise<void>
}

const root = join(import.meta.dirname, '..')
const patienceMs = 120_000
const stopMs = 6_000
const pollMs = 10

/** Nothing of the caller's environment that configures a server comes along. */
function cleanEnv(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot', 'NODE_COMPILE_CACHE']
  const entries = kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  return Object.fromEntries(entries) as Record<string, string>
}

/** Sends a signal to the group of the process; false when nobody is left in it. */
function signalGroup(child: ChildProcess, name: NodeJS.Signals | 0): boolean {
  const pid = child.pid as number
  try {
    return process.kill(process.platform === 'win32' ? pid : -pid, name)
  } catch {
    return false
  }
}

/**
 * Ends the process and all it started: it leads a group of its own. The leader may be npm, which does not
 * wait for the server it runs, so the group's last member counts.
 */
function createStop(child: ChildProcess, hurry: AbortSignal | undefined): () => Promise<void> {
  return async () => {
    const begun = performance.now()
    let told: NodeJS.Signals = hurry?.aborted ? 'SIGKILL' : 'SIGTERM'
    signalGroup(child, told)
    while (signalGroup(child, 0)) {
      if (told === 'SIGTERM' && performance.now() - begun > stopMs) {
        told = 'SIGKILL'
        signalGroup(child, told)
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
  }
}

/**
 * Reads standard output to the line that announces the port, and keeps the last lines for a fault's report.
 */
function waitUntilReady(child: ChildProcess, ended: Promise<unknown>): Promise<number> {
  return new Promise((resolve, reject) => {
    let told = ''
    const timer = setTimeout(() => reject(new Error(`the server was not ready in time: ${told}`)), patienceMs)
    const hear = (chunk: Buffer) => {
      told = (told + chunk.toString('utf8')).slice(-4_000)
      const port = /ready on http:\/\/[^\s]*:(\d+)/.exec(told)?.[1]
      if (!port) return
      clearTimeout(timer)
      resolve(Number(port))
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    void ended.then(() => reject(new Error(`the server ended: ${told}`)))
  })
}

function parseMetrics(text: string): Map<string, number> {
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(series.map((line) => line.split(/ (?=[^ ]*$)/) as [string, string]).map(([k, v]) => [k, +v]))
}

export async function launch({ command, args, env, hurry, onClose }: Launch): Promise<ServerProcess> {
  const begun = performance.now()
  const child = spawn(command, args, {
    cwd: root,
    env: { ...cleanEnv(), ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  const ended = new Promise((resolve) => child.on('error', resolve).on('exit', resolve))
  const stop = onClose(createStop(child, hurry))
  const port = await waitUntilReady(child, ended)
  const readyMs = performance.now() - begun
  const pid = child.pid as number
  const metrics = async () => parseMetrics(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())
  return { port, pid, readyMs, metrics, cpu: () => cpuSeconds(pid), stop }
}

export type ServerOptions = {
  databaseUrl: string
  dataDir: string
  aiKey: string
  /** Folder for a CPU profile, written when the server stops. */
  profile?: string
  /** Set beside what every server of the bench has. */
  env?: Record<string, string>
} & Pick<Launch, 'hurry' | 'onClose'>

/** The server program as an operator runs it with a database of its own, on a free port. */
export function startServer({ databaseUrl, dataDir, aiKey, profile, env, ...rest }: ServerOptions) {
  const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`, '--cpu-prof-interval=250'] : []
  return launch({
    command: process.execPath,
    args: [...profiling, join(root, 'server/main.ts'), 'serve'],
    env: {
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      SECRET_KEY: aiKey.padEnd(32, '-'),
      FIELD_KEYS: aiKey.padEnd(32, '+'),
      AI_DISPATCHER_KEY: aiKey,
      ADMIN_PASSWORD: aiKey,
      // What is measured is how fast it is, not what callers may do; flood limits its key by itself.
      RATE_LIMIT_FACTOR: '1000',
      ...env,
    },
    ...rest,
  })
}
