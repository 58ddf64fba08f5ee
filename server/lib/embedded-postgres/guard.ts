import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import type { Account } from './home.ts'

/**
 * How a child is made to end when this process ends, even by kill -9.
 * setpriv: the kernel sends SIGINT (PostgreSQL's fast shutdown) when the thread that started it ends.
 * pipe: a small shell beside the child waits for our end of a pipe to close, then sends SIGINT.
 * none: nothing does (Windows); the next start ends what was left.
 */
export type Guard = 'setpriv' | 'pipe' | 'none'

export type GuardedChild = { child: ChildProcess; pid: number; letGo: () => void }

type Surroundings = { cwd: string; account?: Account; stdin?: string }

// The watcher is started from a second subshell so that it is not a child of PostgreSQL, which would take
// its death for the crash of a backend. A line on the pipe tells it that the child ended by itself.
const watchThePipe = `exec 3<&0
( (read -r _ <&3 || kill -INT "$$") >/dev/null 2>&1 & )
exec "$@" 3<&- </dev/null`

export function findGuard(): Guard {
  if (process.platform === 'win32') return 'none'
  // Older and smaller setpriv programs lack the option, so it is tried rather than looked for.
  const tried = spawnSync('setpriv', ['--pdeathsig', 'INT', '--', 'true'], { stdio: 'ignore' })
  return tried.status === 0 ? 'setpriv' : 'pipe'
}

/**
 * Starts a program under the guard, in its own session: Ctrl-C on a terminal goes to the whole process
 * group, and the database has to outlive the server's last writes. The pid is the program's own, because
 * both guards replace themselves by it.
 */
export function spawnGuarded(guard: Guard, file: string, args: string[], at: Surroundings): GuardedChild {
  // The drop to another user is done by the spawn, before setpriv runs: the kernel forgets the signal at
  // the parent's death whenever the credentials change afterwards.
  const credentials = at.account ? { uid: at.account.uid, gid: at.account.gid } : {}
  const [command, words] = wrap(at.stdin === undefined ? guard : 'none', file, args)
  const child = spawn(command, words, {
    ...credentials,
    cwd: at.cwd,
    env: quietEnvironment(),
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin?.on('error', () => {})
  if (at.stdin !== undefined) child.stdin?.end(at.stdin)
  else if (guard !== 'pipe') child.stdin?.end()
  return { child, pid: child.pid ?? 0, letGo: () => child.stdin?.end('ended\n') }
}

function wrap(guard: Guard, file: string, args: string[]): [string, string[]] {
  if (guard === 'setpriv') return ['setpriv', ['--pdeathsig', 'INT', '--', file, ...args]]
  if (guard === 'pipe') return ['/bin/sh', ['-c', watchThePipe, 'sh', file, ...args]]
  return [file, args]
}

// PostgreSQL reads PG* and LC_* from its environment, and anyone with its user could read our secrets there.
function quietEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'SYSTEMROOT', 'TEMP']
  const values = kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]] as const] : []))
  // A backend that gives its memory back after each group of writes asks for it again with the next.
  const keepMemory = { MALLOC_TRIM_THRESHOLD_: '16777216', MALLOC_TOP_PAD_: '1048576' }
  return { ...Object.fromEntries(values), ...keepMemory, LC_ALL: 'C', TZ: 'UTC' }
}
