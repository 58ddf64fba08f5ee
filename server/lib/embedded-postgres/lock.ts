import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EmbeddedPostgresError } from './errors.ts'
import { giveToAccount, type Home } from './home.ts'
import { identityOf, until } from './processes.ts'

/** What the holder of the lock tells other processes, in `<home>/holder.json`. */
export type Holder = { pid: number; identity?: string; host?: string; port?: number }

export type Lock = { tell(address: { host: string; port: number }): void; release(): void }

// Long enough for a killed holder to be gone, and for a new one to write its name.
const patienceMs = 500
const sqliteBusy = 5

// An unreachable lock would be collected as garbage and so let go.
const held = new Set<DatabaseSync>()

/**
 * Makes this process the only one that may run PostgreSQL in the home. Errors: already_running.
 * The lock is one of the kernel's, taken through SQLite because Node has no other way to it: it ends with
 * the process however that ends, so there is no stale lock and no race to remove one. The file stays empty.
 */
export async function takeLock(home: Home): Promise<Lock> {
  const path = join(home.folder, 'lock')
  let taken: DatabaseSync | undefined
  await until(() => {
    taken = tryLock(home, path)
    return taken !== undefined
  }, patienceMs)
  if (!taken) throw inUse(home)
  const lock = taken
  held.add(lock)
  chmodSync(path, 0o600)
  giveToAccount(home, path)
  const note = join(home.folder, 'holder.json')
  const own: Holder = { pid: process.pid, identity: identityOf(process.pid) }
  const write = (holder: Holder) => {
    writeFileSync(note, `${JSON.stringify(holder)}\n`, { mode: 0o600 })
    giveToAccount(home, note)
  }
  write(own)
  return {
    tell: ({ host, port }) => write({ ...own, host, port }),
    release() {
      if (!held.delete(lock)) return
      rmSync(note, { force: true })
      lock.close()
    },
  }
}

/** Who holds the home, as far as its note says; the process named there may be gone. */
export function readHolder(folder: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'holder.json'), 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function tryLock(home: Home, path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path)
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    // POSIX locks are let go when any descriptor of the file is closed in their process, as a backup of
    // the folder made there would do; so a holder that is still alive counts as well.
    const holder = readHolder(home.folder)
    if (!holder || holder.pid === process.pid || !isAlive(holder)) return database
    database.close()
  } catch (error) {
    database?.close()
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined
    const why = (error as Error).message
    const text = `The lock ${path} cannot be taken (${why}); set DATA_DIR to a folder on a local disk`
    throw new EmbeddedPostgresError('no_permission', text, { cause: error })
  }
  return undefined
}

function isAlive(holder: Holder): boolean {
  return holder.identity !== undefined && identityOf(holder.pid) === holder.identity
}

function inUse(home: Home): EmbeddedPostgresError {
  const holder = readHolder(home.folder)
  const who = holder ? `process ${holder.pid}` : 'another process'
  return new EmbeddedPostgresError(
    'already_running',
    `The database in ${home.dataDir} is already in use by ${who}; stop that server or set another DATA_DIR`,
  )
}
