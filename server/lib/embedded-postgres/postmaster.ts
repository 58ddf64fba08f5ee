import { setTimeout as delay } from 'node:timers/promises'
import { type Guard, spawnGuarded } from './guard.ts'
import type { Home } from './home.ts'
import type { Login } from './login.ts'
import type { Native } from './native.ts'
import { signal } from './processes.ts'
import type { Log, ServerLog } from './server-log.ts'
import { serverWords } from './settings.ts'

/** All that a start of the server needs, the first one and each one after a crash. */
export type Plan = {
  home: Home
  native: Native
  cluster: string
  login: Login
  guard: Guard
  settings: Record<string, string>
  output: ServerLog
  log: Log
}

/** A started server. `ended` tells how it ended and never rejects. */
export type Postmaster = { pid: number; ended: Promise<string>; isOver(): boolean }

// Each step waits this long for the end, so that all of them together stay under 3 s.
const endings = [
  ['SIGINT', 1700],
  ['SIGQUIT', 600],
  ['SIGKILL', 400],
] as const

export function spawnPostmaster(plan: Plan): Postmaster {
  const { guard, native, home, cluster, login, settings, output } = plan
  const words = serverWords(cluster, login, settings)
  const at = { cwd: home.folder, account: home.account }
  const { child, pid, letGo } = spawnGuarded(guard, native.postgres, words, at)
  child.stdout?.resume()
  if (child.stderr) output.read(child.stderr)
  let over = false
  const ended = new Promise<string>((resolve) => {
    const end = (how: string) => {
      over = true
      letGo()
      resolve(how)
    }
    child.on('error', (error) => end(error.message))
    child.on('exit', (code, by) => end(by ? `ended by ${by}` : `ended with code ${code}`))
  })
  return { pid, ended, isOver: () => over }
}

/** Fast shutdown, then immediate, then by force; returns when the process is gone. */
export async function endPostmaster(postmaster: Postmaster): Promise<void> {
  for (const [name, withinMs] of endings) {
    if (postmaster.isOver()) return
    signal(postmaster.pid, name)
    const patience = new AbortController()
    await Promise.race([postmaster.ended, delay(withinMs, undefined, { signal: patience.signal })])
    patience.abort()
  }
}
