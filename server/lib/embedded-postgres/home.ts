import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { EmbeddedPostgresError } from './errors.ts'
import type { Log } from './server-log.ts'

/** The user PostgreSQL runs as when we are root, which it refuses to be. */
export type Account = { uid: number; gid: number; name: string }

/** Where one embedded database lives: cluster, socket, password, log and lock. */
export type Home = { folder: string; dataDir: string; account?: Account }

/** Where root keeps the data when nobody else can reach DATA_DIR. */
export const usualDataRoot = '/var/lib/toneout'

const isRoot = process.getuid?.() === 0

/**
 * Finds or makes `<dataDir>/postgres`. For root it also chooses the user, and when that user cannot reach
 * the folder, `<dataDir>/postgres` becomes a link to a folder that it can.
 */
export function findHome(dataDir: string, dataRoot: string, log: Log): Home {
  const wanted = resolve(dataDir)
  try {
    mkdirSync(wanted, { recursive: true, mode: isRoot ? 0o711 : 0o700 })
    const real = realpathSync(wanted)
    const entry = join(real, 'postgres')
    const folder = followEntry(entry)
    if (!isRoot) {
      if (folder) accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
      return { folder: folder ?? makeFolder(entry), dataDir: real }
    }
    const owner = folder ? ownerOf(folder) : undefined
    if (folder && owner) return { folder, dataDir: real, account: reaching(owner, folder) }
    return makeHomeAsRoot(real, folder ?? entry, dataRoot, log)
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error
    const why = (error as Error).message
    throw new EmbeddedPostgresError(
      'no_permission',
      `The data folder ${wanted} cannot be used (${why}); let this user write there or set DATA_DIR`,
      { cause: error },
    )
  }
}

/** Gives a file that root made to the user PostgreSQL runs as. */
export function giveToAccount(home: Home, path: string): void {
  if (home.account) chownSync(path, home.account.uid, home.account.gid)
}

function followEntry(entry: string): string | undefined {
  if (!lstatSync(entry, { throwIfNoEntry: false })) return undefined
  try {
    return realpathSync(entry)
  } catch (error) {
    throw new EmbeddedPostgresError(
      'data_missing',
      `${entry} is a link to a folder that is not there; bring it back, or remove the link to begin empty`,
      { cause: error },
    )
  }
}

function makeFolder(path: string, account?: Account): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (account) chownSync(path, account.uid, account.gid)
  return path
}

function ownerOf(path: string): Account | undefined {
  const { uid, gid } = statSync(path)
  return uid === 0 ? undefined : { uid, gid, name: String(uid) }
}

function reaching(owner: Account, folder: string): Account {
  if (canEnter(owner, folder)) return owner
  throw new EmbeddedPostgresError(
    'no_permission',
    `${folder} belongs to user ${owner.name}, who cannot reach it; allow that user into the folders above it`,
  )
}

function makeHomeAsRoot(dataDir: string, entry: string, dataRoot: string, log: Log): Home {
  const accounts = knownAccounts(dataDir)
  for (const account of accounts) {
    if (canEnter(account, dataDir) || letIn(account, dataDir)) {
      return { folder: makeFolder(entry, account), dataDir, account }
    }
  }
  mkdirSync(dataRoot, { recursive: true, mode: 0o755 })
  const account = accounts.find((candidate) => canEnter(candidate, dataRoot))
  if (!account) {
    throw new EmbeddedPostgresError(
      'no_permission',
      `PostgreSQL does not run as root and no other user can reach ${dataDir} or ${dataRoot}; ` +
        'start this server as an ordinary user or set DATABASE_URL',
    )
  }
  // A fresh name each time: a DATA_DIR that was removed on purpose must not come back with its old data.
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const folder = makeFolder(join(dataRoot, `${hash}-${randomBytes(4).toString('hex')}`), account)
  return { folder: leaveLink(dataDir, folder, account, log), dataDir, account }
}

function leaveLink(dataDir: string, folder: string, account: Account, log: Log): string {
  const entry = join(dataDir, 'postgres')
  try {
    if (lstatSync(entry, { throwIfNoEntry: false })?.isDirectory()) rmdirSync(entry)
    symlinkSync(folder, entry)
  } catch (error) {
    // Another start was faster: its folder is the one.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    rmSync(folder, { recursive: true })
    return realpathSync(entry)
  }
  writeFileSync(
    join(dataDir, 'postgres-is-elsewhere.txt'),
    `PostgreSQL does not run as root, and user ${account.name} cannot reach this folder.\n` +
      `The database is in ${folder}, where the link "postgres" beside this note leads.\n` +
      'Back up both folders together.\n',
  )
  log({ level: 'warn', msg: `The database is kept in ${folder}; ${entry} links to it`, user: account.name })
  return folder
}

// The owner of DATA_DIR comes first, so that a start with sudo leaves the data usable without it.
function knownAccounts(dataDir: string): Account[] {
  const rows = readFileSync('/etc/passwd', 'utf8').split('\n')
  const all = rows.map((row) => {
    const [name = '', , uid, gid] = row.split(':')
    return { name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }
  })
  const { uid } = statSync(dataDir)
  const wanted = [
    all.find((account) => account.uid === uid),
    all.find((account) => account.name === 'postgres'),
    all.find((account) => account.name === 'nobody'),
  ]
  return wanted.filter((account) => account !== undefined && account.uid !== 0) as Account[]
}

function canEnter(account: Account, folder: string): boolean {
  // Trying is the only test that counts access lists and security modules too.
  const { uid, gid } = account
  const tried = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { uid, gid, cwd: '/', stdio: 'ignore' })
  return tried.status === 0
}

/** Lets the user pass through a DATA_DIR that only root could enter; it still cannot list what is there. */
function letIn(account: Account, dataDir: string): boolean {
  const { uid, mode } = statSync(dataDir)
  if (uid !== 0 || (mode & 0o070) !== 0 || !canEnter(account, dirname(dataDir))) return false
  chownSync(dataDir, 0, account.gid)
  chmodSync(dataDir, (mode & 0o7777) | 0o010)
  return canEnter(account, dataDir)
}
