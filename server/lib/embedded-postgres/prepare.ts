import { closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureCluster, setPassword } from './cluster.ts'
import { findGuard, type Guard } from './guard.ts'
import { findHome, giveToAccount, type Home, usualDataRoot } from './home.ts'
import { clearTheWay } from './leftovers.ts'
import { type Lock, takeLock } from './lock.ts'
import { findNative, prepareNative, usualCacheRoot } from './native.ts'
import { type Log, openServerLog } from './server-log.ts'

/** What tests set to stand in for the machine; everything has a usual value. */
export type Surroundings = { native?: string; cacheRoot?: string; dataRoot?: string; guard?: Guard }

type Wish = { dataDir: string; log: Log; settings: Record<string, string>; surroundings: Surroundings }

export type Prepared = Awaited<ReturnType<typeof prepare>>

/** Takes the lock and brings folder, programs and cluster to where the server can start. */
export async function prepare({ dataDir, log, settings, surroundings }: Wish) {
  const home = findHome(dataDir, surroundings.dataRoot ?? usualDataRoot, log)
  const lock = await takeLock(home)
  const output = openServerLog(ownedFile(home, 'postgres.log'), log)
  const close = () => closeAll(home, lock, output)
  try {
    const native = prepareNative(
      surroundings.native ?? findNative(),
      home,
      surroundings.cacheRoot ?? usualCacheRoot,
      log,
    )
    const guard = surroundings.guard ?? findGuard()
    const making = { home, native, guard, settings }
    const { cluster, password, mustSetPassword } = await ensureCluster(making)
    if (mustSetPassword) {
      log({ level: 'warn', msg: `The database's password in ${home.folder} was lost; a new one is set` })
      await clearTheWay({ home, cluster, log })
      await setPassword(making, cluster, password)
    }
    return { ...making, cluster, password, output, log, lock, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function closeAll(home: Home, lock: Lock, output: { close(): Promise<void> }): Promise<void> {
  rmSync(join(home.folder, 'run'), { recursive: true, force: true })
  await output.close()
  lock.release()
}

function ownedFile(home: Home, name: string): string {
  const path = join(home.folder, name)
  closeSync(openSync(path, 'a', 0o600))
  giveToAccount(home, path)
  return path
}
