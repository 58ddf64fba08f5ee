import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Random } from '../../../simulator/random.ts'
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { type CuttingProxy, startCuttingProxy, type Trouble } from './cutting-proxy.ts'
import type { MutantName } from './mutants.ts'

export type Servers = {
  /** The data folder they share; it goes with `close`. */
  dataDir: string
  proxies: readonly CuttingProxy[]
  /** Kills one with -9 and starts it again at once. */
  kill: (which: number) => Promise<void>
  /** Stops one where it is for so many milliseconds, then lets it go on as if nothing had been. */
  freeze: (which: number, ms: number) => Promise<void>
  /** Trouble on all networks from now on. */
  trouble: (trouble: Trouble) => void
  /** Ends all as a person does, so that nothing is under way any more. */
  stop: () => Promise<void>
  close: () => Promise<void>
  /** All that they printed, also before they were killed. */
  output: () => string
}

const mutate = pathToFileURL(join(import.meta.dirname, 'mutate.ts')).href

/** Some server programs on one database, each behind a bad network of its own. */
export async function startServers(
  url: string,
  { count, random, mutant }: { count: number; random: Random; mutant?: MutantName },
): Promise<Servers> {
  const dataDir = makeDataDir()
  const env = {
    DATABASE_URL: url,
    SECRET_KEY: 'a test secret of more than thirty-two letters',
    FIELD_KEYS: 'a test secret for fields of more than thirty-two letters',
    RATE_LIMIT_FACTOR: '1000',
    ...(mutant && { NODE_OPTIONS: `--import=${mutate}`, CAMPAIGN_MUTANT: mutant }),
  }
  const all = Array.from({ length: count }, (_, which) => which)
  const proxies = await Promise.all(all.map((which) => startCuttingProxy(random.stream(`proxy ${which}`))))
  const servers: ServerProcess[] = []
  let said = ''
  const start = async (which: number) => {
    const server = await startServerProcess(dataDir, env)
    servers[which] = server
    proxies[which]?.aim(Number(new URL(server.baseUrl).port))
  }
  const end = async (which: number, signal: 'SIGTERM' | 'SIGKILL') => {
    const server = servers[which]
    if (!server) return
    await server.end(signal)
    said += server.output()
    delete servers[which]
    proxies[which]?.aim(undefined)
  }
  const close = async () => {
    await Promise.all(all.map((which) => end(which, 'SIGKILL')))
    await Promise.all(proxies.map((one) => one.close()))
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    // One after the other: the first makes the schema.
    for (const which of all) await start(which)
  } catch (error) {
    await close()
    throw error
  }
  return {
    dataDir,
    proxies,
    kill: async (which) => {
      await end(which, 'SIGKILL')
      await delay(random.int(0, 100))
      await start(which)
    },
    freeze: async (which, ms) => {
      const child = servers[which]?.child
      child?.kill('SIGSTOP')
      await delay(ms)
      child?.kill('SIGCONT')
    },
    trouble: (trouble) => {
      for (const one of proxies) one.trouble(trouble)
    },
    stop: async () => {
      await Promise.all(all.map((which) => end(which, 'SIGTERM')))
    },
    close,
    output: () => said + servers.map((one) => one?.output() ?? '').join(''),
  }
}
