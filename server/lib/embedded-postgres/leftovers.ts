import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './errors.ts'
import { giveToAccount, type Home } from './home.ts'
import type { Plan } from './postmaster.ts'
import { childrenNamed, commandLine, currentFolder, sharedSegments, signal, until } from './processes.ts'
import { clusterName } from './settings.ts'

type Site = Pick<Plan, 'home' | 'cluster' | 'log'>

const endings = [
  ['SIGINT', 3000],
  ['SIGQUIT', 2000],
  ['SIGKILL', 1000],
] as const
const childrenPatienceMs = 100
const killPatienceMs = 300

/**
 * Ends a server of ours that outlived its parent, and removes the lock files whose process is another
 * program by now, which PostgreSQL cannot tell. Errors: already_running for a server somebody else started.
 */
export async function clearTheWay(plan: Site): Promise<void> {
  const { home, cluster } = plan
  const pid = pidInFile(cluster)
  if (pid !== undefined && process.platform !== 'win32') {
    await endOrphan(plan, pid)
    if (isPostgresOn(cluster, pid)) {
      throw new EmbeddedPostgresError(
        'already_running',
        `Another PostgreSQL (process ${pid}) runs on ${cluster}; stop it first`,
      )
    }
    rmSync(join(cluster, 'postmaster.pid'), { force: true })
    // PostgreSQL refuses to start beside children of the dead server. They notice its death by themselves,
    // save one deep in a long query.
    await until(() => childrenLeft(home).length === 0, childrenPatienceMs, 5)
    await endChildren(plan)
  }
  const run = join(home.folder, 'run')
  rmSync(run, { recursive: true, force: true })
  mkdirSync(run, { mode: 0o700 })
  giveToAccount(home, run)
}

/** Ends the children of a dead server; only ever call it when no server runs on the cluster. */
export async function endChildren({ home }: Pick<Plan, 'home'>): Promise<void> {
  const pids = childrenLeft(home)
  for (const pid of pids) signal(pid, 'SIGKILL')
  if (pids.length > 0) await until(() => childrenLeft(home).length === 0, killPatienceMs, 5)
}

/**
 * Removes the System V segment of a server that did not end in order. The next start would do it, but
 * there may be none. A segment that a process still uses stays: PostgreSQL tells by it that it must not
 * start yet.
 */
export async function removeSharedMemory({ home, cluster }: Site): Promise<void> {
  // PostgreSQL's key is the number of the folder, as far as it fits.
  const key = Number(BigInt.asIntN(32, statSync(cluster, { bigint: true }).ino))
  const left = () => sharedSegments().filter((segment) => segment.key === key)
  if (left().length === 0) return
  await until(() => left().every((segment) => segment.users === 0), killPatienceMs, 5)
  const as = home.account ? { uid: home.account.uid, gid: home.account.gid } : {}
  for (const { id, users } of left()) {
    if (users === 0) spawnSync('ipcrm', ['-m', String(id)], { ...as, cwd: '/', stdio: 'ignore' })
  }
}

function childrenLeft(home: Home): number[] {
  return childrenNamed(clusterName(home.folder), home.account?.uid ?? process.getuid?.())
}

async function endOrphan({ home, log }: Site, pid: number): Promise<void> {
  const mark = `cluster_name=${clusterName(home.folder)}`
  const isOurs = () => commandLine(pid)?.join(' ').includes(mark) ?? false
  if (!isOurs()) return
  log({ level: 'warn', msg: `Ending PostgreSQL process ${pid}, left by a server that was killed` })
  for (const [name, withinMs] of endings) {
    signal(pid, name)
    if (await until(() => !isOurs(), withinMs)) return
  }
}

function pidInFile(cluster: string): number | undefined {
  try {
    // PostgreSQL in single-user mode writes its pid as a negative number.
    const pid = Math.abs(Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10))
    return pid > 1 ? pid : undefined
  } catch {
    return undefined
  }
}

function isPostgresOn(cluster: string, pid: number): boolean {
  const words = commandLine(pid)
  if (!words || !/(^|\/)(postgres|postmaster)$/.test(words[0]!)) return false
  const folder = currentFolder(pid)
  return folder === undefined ? words.includes(cluster) : folder === cluster
}
