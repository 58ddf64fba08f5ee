import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Random } from '../../../simulator/random.ts'
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { type CuttingProxy, startCuttingProxy, type Trouble } from './cutting-proxy.ts'
import type { MutantName } from './mutants.ts'

export type ServerPair = {
  proxies: readonly CuttingProxy[]
  /** Kills one with -9 and starts it again at once. */
  kill: (which: number) => Promise<void>
  /** Trouble on both networks from now on. */
  trouble: (trouble: Trouble) => void
  /** Ends both as a person does, so that nothing is under way any more. */
  stop: () => Promise<void>
  close: () => Promise<void>
  /** All that both printed, also before they were killed. */
  output: () => string
}

const mutate = pathToFileURL(join(import.meta.dirname, 'mutate.ts')).href

/** Two server programs on one database, each behind a bad network of its own. */
export async function startServerPair(
  url: string,
  { random, mutant }: { random: Random; mutant?: MutantName },
): Promise<ServerPair> {
  const dataDir = makeDataDir()
  const env = {
    DATABASE_URL: url,
    SECRET_KEY: 'a test secret of more than thirty-two letters',
    FIELD_KEYS: 'a test secret for fields of more than thirty-two letters',
    ...(mutant && { NODE_OPTIONS: `--import=${mutate}`, CAMPAIGN_MUTANT: mutant }),
  }
  const proxies = [0, 1].map((which) => startCuttingProxy(random.stream(`proxy ${which}`)))
  const pair = await Promise.all(proxies)
  const servers: ServerProcess[] = []
  let said = ''
  const start = async (which: number) => {
    const server = await startServerProcess(dataDir, env)
    servers[which] = server
    pair[which]?.aim(Number(new URL(server.baseUrl).port))
  }
  const end = async (which: number, signal: 'SIGTERM' | 'SIGKILL') => {
    const server = servers[which]
    if (!server) return
    await server.end(signal)
    said += server.output()
    delete servers[which]
    pair[which]?.aim(undefined)
  }
  const close = async () => {
    await Promise.all([end(0, 'SIGKILL'), end(1, 'SIGKILL')])
    await Promise.all(pair.map((one) => one.close()))
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    // One after the other: the first makes the schema.
    await start(0)
    await start(1)
  } catch (error) {
    await close()
    throw error
  }
  return {
    proxies: pair,
    kill: async (which) => {
      await end(which, 'SIGKILL')
      await delay(random.int(0, 100))
      await start(which)
    },
    trouble: (trouble) => {
      for (const one of pair) one.trouble(trouble)
    },
    stop: async () => {
      await Promise.all([end(0, 'SIGTERM'), end(1, 'SIGTERM')])
    },
    close,
    output: () => said + servers.map((one) => one?.output() ?? '').join(''),
  }
}
