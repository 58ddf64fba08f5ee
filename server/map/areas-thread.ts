import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'

/**
 * Runs in a thread of its own and ends when it has read: 20 MB of polygons take a second, in which the server
 * answers calls.
 */
export type AreasRead = { version: string; gzipped: Uint8Array }

function read(path: string): AreasRead {
  const text = readFileSync(path, 'utf8')
  const { type } = (JSON.parse(text) ?? {}) as { type?: unknown }
  if (type !== 'FeatureCollection') throw new Error('it is no FeatureCollection')
  const version = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return { version, gzipped: gzipSync(text) }
}

parentPort?.postMessage(read(workerData as string))
