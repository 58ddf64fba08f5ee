import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createClient } from '@toneout/contract/client.ts'

/** `foreign`: something answers there that is not a Toneout. */
export type Presence = 'ready' | 'not_ready' | 'foreign' | 'nobody'

export async function lookFor(url: string): Promise<Presence> {
  try {
    const { status, body } = await createClient({ baseUrl: url, timeoutMs: 3_000 })('healthReady', {})
    const told = (body as { status?: unknown } | null)?.status
    if (told === 'ready' && status === 200) return 'ready'
    return told === 'not_ready' ? 'not_ready' : 'foreign'
  } catch {
    return 'nobody'
  }
}

/** Only an address of this machine can be served from here. */
export function isLocal(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}

export type DemoServer = {
  /** Resolves when the program has ended by itself or was stopped. */
  ended: Promise<number | null>
  stop: () => Promise<void>
}

/** The first start makes a database and builds the page. */
const longestStartMs = 180_000
/** The server ends within three seconds when asked; after this it is killed. */
const longestStopMs = 6_000

/** `isQuiet` keeps what the server says from the screen. */
export type ServerOptions = { env?: Record<string, string>; isQuiet?: boolean }

/** Starts the server program as a child and waits until it is ready. Throws when it ends before that. */
export async function startServer(
  url: string,
  key: string,
  signal: AbortSignal,
  { env: more = {}, isQuiet = false }: ServerOptions = {},
): Promise<DemoServer> {
  const { hostname, port } = new URL(url)
  const env = {
    USE_TEST_DB: 'true',
    SECOND_FACTOR_REQUIRED: 'false',
    ...process.env,
    ...more,
    HOST: hostname.replace(/^\[|\]$/g, ''),
    PORT: port || '80',
    AI_DISPATCHER_KEY: key,
  }
  const child = spawn(process.execPath, ['server/main.ts', 'serve'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env,
    stdio: ['ignore', isQuiet ? 'ignore' : 'inherit', isQuiet ? 'ignore' : 'inherit'],
    // A process group of its own: Ctrl-C reaches the demo alone, which ends its calls before it stops the
    // server.
    detached: process.platform !== 'win32',
  })
  // Whatever ends the demo, the server must not outlive it.
  process.on('exit', () => child.kill('SIGTERM'))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const stop = () => stopChild(child, ended)
  try {
    await untilReady(url, child, signal)
  } catch (error) {
    await stop()
    throw error
  }
  return { ended, stop }
}

async function untilReady(url: string, child: ChildProcess, signal: AbortSignal): Promise<void> {
  const until = Date.now() + longestStartMs
  while (Date.now() < until) {
    signal.throwIfAborted()
    if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode}; see above.`)
    if ((await lookFor(url)) === 'ready') return
    await sleep(200, undefined, { signal })
  }
  throw new Error(`The server was not ready after ${longestStartMs / 1_000} s.`)
}

async function stopChild(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), longestStopMs)
  await ended
  clearTimeout(late)
}
