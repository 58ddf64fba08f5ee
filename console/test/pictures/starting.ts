import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
/** The first start makes a database, builds the page, and plays 45 minutes quickly. */
const longestStartMs = 600_000

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** What a look gives, once it gives something. */
export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + longestStartMs
  while (Date.now() < end) {
    const found = await look().catch(() => undefined)
    if (found !== undefined) return found
    await delay(500)
  }
  throw new Error(`${what} did not come in ${longestStartMs / 1_000} s`)
}
