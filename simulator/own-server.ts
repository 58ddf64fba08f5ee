import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, makeAccount } from './demo-account.ts'
import { startServer } from './demo-server.ts'
import { importCity } from './import-city.ts'

/** A server of one's own on a database that is thrown away with it. */
export type OwnServer = {
  url: string
  key: string
  account: Account
  ended: Promise<unknown>
  stop: () => Promise<void>
}

export async function openOwnServer(signal: AbortSignal): Promise<OwnServer> {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'toneout-simulate-'))
  const url = `http://127.0.0.1:${await freePort()}`
  const key = `tone_${randomBytes(24).toString('base64url')}`
  const remove = () => rmSync(DATA_DIR, { recursive: true, force: true })
  try {
    const env = { DATA_DIR, LOG_LEVEL: 'error' }
    const complaint = await importCity(DATA_DIR)
    if (complaint !== '') throw new Error(`The streets of the city could not be imported: ${complaint}`)
    const server = await startServer(url, key, signal, { env, isQuiet: true })
    const stop = () => server.stop().finally(remove)
    try {
      return { url, key, account: await makeAccount(env), ended: server.ended, stop }
    } catch (error) {
      await stop()
      throw error
    }
  } catch (error) {
    remove()
    throw error
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}
