import { EmbeddedPostgresError } from './errors.ts'
import { type Login, loginTo } from './login.ts'
import type { Plan } from './postmaster.ts'
import { type Prepared, prepare, type Surroundings } from './prepare.ts'
import type { Log } from './server-log.ts'
import { type Address, freeAddress, socketAddress } from './settings.ts'
import { type Supervised, supervise } from './supervise.ts'

export type EmbeddedOptions = {
  /** The DATA_DIR; the database lives in its folder `postgres`. */
  dataDir: string
  log: Log
  /** PostgreSQL settings that win over ours. `fsync: 'off'` also makes the first start skip its syncs. */
  settings?: Record<string, string>
  /** `up` whenever connections are taken, `down` when the server ended and nobody had asked for it. */
  onState?: (state: 'up' | 'down') => void
  /** For tests. */
  surroundings?: Surroundings
}

export type EmbeddedPostgres = Login & {
  /** The pid of the server, or undefined while there is none. */
  pid(): number | undefined
  /** Ends the server within 3 s and lets go of the data folder. Calling it again waits for the same end. */
  stop(): Promise<void>
}

const addressTries = 5

/**
 * Starts the PostgreSQL that comes with the package on `<dataDir>/postgres`, which the first start makes,
 * and keeps it running until stop(). Call it from the main thread: the server ends with the thread that
 * started it. Errors: EmbeddedPostgresError.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, settings = {}, surroundings = {} } = options
  const prepared = await prepare({ dataDir, log, settings, surroundings })
  try {
    const { login, server } = await startSomewhere(prepared, carefully(options))
    prepared.lock.tell(login)
    let stopped: Promise<void> | undefined
    return {
      ...login,
      pid: server.pid,
      stop() {
        stopped ??= server.stop().then(prepared.close)
        return stopped
      },
    }
  } catch (error) {
    await prepared.close()
    throw error
  }
}

/** Starts on a socket where one is possible, else on a port that was free a moment ago. */
async function startSomewhere(
  prepared: Prepared,
  onState: (state: 'up' | 'down') => void,
): Promise<{ login: Login; server: Supervised }> {
  let address: Address = socketAddress(prepared.home.folder) ?? (await freeAddress())
  for (let attempt = 1; ; attempt++) {
    const login = loginTo(address, prepared.password)
    const plan: Plan = { ...prepared, login }
    try {
      return { login, server: await supervise(plan, onState) }
    } catch (error) {
      // Some shared folders hold no sockets, and a port may be taken in the meantime.
      if (attempt === addressTries || !cannotListen(error)) throw error
      address = await freeAddress()
    }
  }
}

function cannotListen(error: unknown): boolean {
  const isOurs = error instanceof EmbeddedPostgresError && error.code === 'start_failed'
  return isOurs && /could not (bind|create any (TCP\/IP|Unix-domain)) /.test(error.message)
}

function carefully({ onState, log }: EmbeddedOptions): (state: 'up' | 'down') => void {
  return (state) => {
    try {
      onState?.(state)
    } catch (error) {
      log({ level: 'error', msg: 'The listener to the state of the database failed', err: String(error) })
    }
  }
}
