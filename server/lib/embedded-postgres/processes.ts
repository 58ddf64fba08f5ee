import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const onLinux = process.platform === 'linux'

function quietly<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Polls until the condition holds; false when the time ran out first. */
export async function until(condition: () => boolean, withinMs: number, everyMs = 20): Promise<boolean> {
  const end = performance.now() + withinMs
  while (!condition()) {
    if (performance.now() >= end) return false
    await delay(everyMs)
  }
  return true
}

/**
 * The words of a process's command line, or undefined when there is no such process. A process that has
 * ended but was not yet collected by its parent has no words left, so it counts as gone.
 */
export function commandLine(pid: number): string[] | undefined {
  const words = onLinux
    ? quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean))
    : quietly(() => psOutput('-o', 'command=', '-p', String(pid)).trim().split(' '))
  return words?.[0] ? words : undefined
}

/** The folder a process stands in, where the system lets us see it. */
export function currentFolder(pid: number): string | undefined {
  return onLinux ? quietly(() => readlinkSync(`/proc/${pid}/cwd`)) : undefined
}

/**
 * A text that no later process with the same pid will have: the boot it lives in and the tick it began at.
 * Undefined when the process is gone or the system does not tell.
 */
export function identityOf(pid: number): string | undefined {
  if (!onLinux) return undefined
  return quietly(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets and may hold spaces, so count from its end.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z') throw new Error('ended')
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${rest[18]}`
  })
}

/**
 * The pids of PostgreSQL's own children (never the postmaster) that carry this cluster_name in their
 * title and belong to this user.
 */
export function childrenNamed(clusterName: string, uid: number | undefined): number[] {
  const title = `postgres: ${clusterName}: `
  if (process.platform === 'win32') return []
  if (!onLinux) {
    const listing = quietly(() => psOutput('-A', '-o', 'pid=,uid=,command=')) ?? ''
    const rows = listing.split('\n').map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
    return rows.flatMap((row) =>
      row?.[3]?.startsWith(title) && Number(row[2]) === uid ? [Number(row[1])] : [],
    )
  }
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  return pids.map(Number).filter((pid) => {
    const text = quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    return text?.startsWith(title) && quietly(() => statSync(`/proc/${pid}`).uid) === uid
  })
}

/** The System V shared memory of this machine and how many processes use each; none where nothing tells. */
export function sharedSegments(): { key: number; id: number; users: number }[] {
  const table = quietly(() => readFileSync('/proc/sysvipc/shm', 'utf8')) ?? ''
  const rows = table.trim().split('\n').slice(1)
  return rows.map((row) => {
    const [key, id, , , , , users] = row.trim().split(/\s+/).map(Number)
    return { key: key!, id: id!, users: users! }
  })
}

function psOutput(...words: string[]): string {
  return execFileSync('ps', ['-ww', ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

/** Sends a signal; false when the process has gone. Errors: EPERM when it is not ours to signal. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  // 0 and below would mean whole process groups, our own first.
  if (pid <= 1) return false
  try {
    return process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}
