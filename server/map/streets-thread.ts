import { createHash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { openGraph, readStreets } from '../streets/graph-file.ts'
import { cutStreets } from './cut-streets.ts'
import { streetFeatures } from './features.ts'

/**
 * Runs in a thread of its own: to read, join and cut the streets of a large city takes seconds, in which the
 * server answers calls.
 */
export type ThreadData = { path: string; wholeTo: number }

/** The streets are read; `whole` is one gzipped document, null when they are cut into tiles. */
export type ThreadReady = {
  version: string
  bounds: number[] | null
  attribution: string
  whole: Uint8Array | null
}
export type TileAsked = { id: number; z: number; x: number; y: number }
/** Gzipped; null where there is no street. */
export type TileMade = { id: number; tile: Uint8Array | null }
export type ThreadMessage = { ready: ThreadReady } | { made: TileMade }

function serve({ path, wholeTo }: ThreadData): void {
  const graph = openGraph(path)
  const { collection, bounds } = streetFeatures(readStreets(graph))
  const say = (message: ThreadMessage) => parentPort?.postMessage(message)
  const { attribution, segments, made_at } = graph.about
  const isWhole = segments <= wholeTo
  const json = isWhole ? JSON.stringify(collection) : ''
  const version = createHash('sha256')
    .update(isWhole ? json : `${made_at} ${segments} ${JSON.stringify(bounds)}`)
    .digest('hex')
    .slice(0, 16)
  const whole = isWhole ? gzipSync(json) : null
  const cut = isWhole ? undefined : cutStreets(collection)
  say({ ready: { version, bounds, attribution: attribution.join(' · '), whole } })
  if (!cut) return
  parentPort?.on('message', ({ id, z, x, y }: TileAsked) => {
    const tile = cut(z, x, y)
    say({ made: { id, tile: tile && gzipSync(tile) } })
  })
}

serve(workerData as ThreadData)
