import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './errors.ts'
import { type Guard, spawnGuarded } from './guard.ts'
import { giveToAccount, type Home } from './home.ts'
import type { Native } from './native.ts'

export const superuser = 'toneout'

export type Making = { home: Home; native: Native; guard: Guard; settings: Record<string, string> }

/**
 * Makes the cluster and its password where they are missing; returns the cluster's folder, the password and
 * whether the cluster still has to be told that password (see setPassword).
 * Errors: initdb_failed, wrong_version.
 */
export async function ensureCluster(making: Making) {
  const { home, native } = making
  const cluster = join(home.folder, 'cluster')
  for (const entry of readdirSync(home.folder)) {
    // What an interrupted start left; one of its programs may still be ending and writing there.
    if (entry.startsWith('cluster.tmp')) rmSync(join(home.folder, entry), { recursive: true, maxRetries: 5 })
  }
  const isNew = !existsSync(cluster)
  const { password, isNewPassword } = await ensurePassword(home)
  if (isNew) await initdb(making, cluster)
  const major = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (major !== native.major) {
    throw new EmbeddedPostgresError(
      'wrong_version',
      `The database in ${cluster} was made by PostgreSQL ${major} and this is ${native.major}; ` +
        'dump it with the old release and restore it into a new DATA_DIR',
    )
  }
  return { cluster, password, mustSetPassword: isNewPassword && !isNew }
}

/** Sets the password in a cluster that is not running; for when the password's file was lost. */
export async function setPassword(making: Making, cluster: string, password: string): Promise<void> {
  const words = ['--single', '-D', cluster, '-c', 'log_min_error_statement=panic', 'postgres']
  const script = `ALTER ROLE ${superuser} PASSWORD '${password}'\n`
  const { code, said } = await runToEnd(making, making.native.postgres, words, script)
  if (code !== 0) {
    rmSync(join(making.home.folder, 'password'))
    throw new EmbeddedPostgresError('start_failed', `The lost password could not be replaced: ${said}`)
  }
}

async function initdb(making: Making, cluster: string): Promise<void> {
  const { home, native, settings } = making
  const half = `${cluster}.tmp-${process.pid}`
  const durable = settings.fsync !== 'off'
  const words = ['-D', half, `--username=${superuser}`, `--pwfile=${join(home.folder, 'password')}`]
  words.push('--auth=scram-sha-256', '--data-checksums', '--encoding=UTF8', '--locale=C', '--no-instructions')
  words.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(durable ? [] : ['--no-sync']))
  // Parallel queries then share memory by files of the cluster: /dev/shm is small in containers, and what a
  // killed server left there would stay. Neither PostgreSQL for Windows has this kind nor this trouble.
  if (process.platform !== 'win32') words.push('--set=dynamic_shared_memory_type=mmap')
  const { code, said } = await runToEnd(making, native.initdb, words)
  if (code !== 0) {
    rmSync(half, { recursive: true, force: true, maxRetries: 5 })
    const advice = /could not look up effective user ID/.test(said)
      ? 'start as a user that /etc/passwd lists, or set DATABASE_URL'
      : 'mend that or set DATA_DIR to another folder'
    throw new EmbeddedPostgresError('initdb_failed', `The database could not be made: ${said}; ${advice}`)
  }
  // initdb has synced what is inside; the two names are ours to make durable.
  if (durable) await syncFolder(half)
  renameSync(half, cluster)
  if (durable) await syncFolder(home.folder)
}

async function ensurePassword(home: Home): Promise<{ password: string; isNewPassword: boolean }> {
  const path = join(home.folder, 'password')
  if (existsSync(path)) return { password: readPassword(home.folder), isNewPassword: false }
  const password = randomBytes(24).toString('base64url')
  const half = `${path}.tmp`
  rmSync(half, { force: true })
  const file = await open(half, 'wx', 0o600)
  try {
    await file.writeFile(`${password}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  giveToAccount(home, half)
  renameSync(half, path)
  return { password, isNewPassword: true }
}

export function readPassword(home: string): string {
  return readFileSync(join(home, 'password'), 'utf8').trim()
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Runs a program to its end; `said` is the last line of its complaints. */
async function runToEnd(making: Making, file: string, words: string[], stdin?: string) {
  const { guard, home } = making
  const { child, letGo } = spawnGuarded(guard, file, words, {
    cwd: home.folder,
    account: home.account,
    stdin,
  })
  let tail = ''
  child.stdout?.resume()
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4000)
  })
  const code = await new Promise<number | null>((ended) => {
    child.on('error', (error) => {
      tail += error.message
      ended(null)
    })
    child.on('close', ended)
  })
  letGo()
  const lines = tail.split('\n').map((line) => line.trim())
  const complaint = lines.find((line) => /(error|fatal|panic): /i.test(line)) ?? lines.findLast(Boolean)
  return { code, said: complaint ?? 'it said nothing' }
}
