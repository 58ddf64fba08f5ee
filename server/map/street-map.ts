import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { Context } from '../context.ts'
import { graphPath } from '../streets/graph-file.ts'
import type { ThreadData, ThreadMessage, ThreadReady, TileMade } from './streets-thread.ts'

/** Streets with more segments than this are cut into tiles. */
export const wholeTo = 20_000
/** Tiles that wait for the thread; beyond it pages are told to ask again. */
const mostWaiting = 2_000

type Streets = Omit<ThreadReady, 'whole'> & {
  /** All streets in one gzipped document, where they are few. */
  whole: Uint8Array | null
  /** Gzipped; null where there is no street, undefined when too many wait. */
  tile: (z: number, x: number, y: number) => Promise<Uint8Array | null | undefined>
}

type Running = { stamp: string; streets: Promise<Streets | undefined>; end: () => Promise<unknown> }

/** Starts the thread on a file of roads; undefined when it cannot be read. */
function startThread(ctx: Context, data: ThreadData): Omit<Running, 'stamp'> {
  const thread = new Worker(new URL('./streets-thread.ts', import.meta.url), { workerData: data })
  thread.unref()
  const waiting = new Map<number, (made: Uint8Array | null | undefined) => void>()
  let last = 0
  const tile = (z: number, x: number, y: number) =>
    new Promise<Uint8Array | null | undefined>((done) => {
      if (waiting.size >= mostWaiting) return done(undefined)
      last += 1
      waiting.set(last, done)
      thread.postMessage({ id: last, z, x, y })
    })
  const streets = new Promise<Streets | undefined>((done) => {
    const answer = ({ id, tile: made }: TileMade) => {
      waiting.get(id)?.(made)
      waiting.delete(id)
    }
    thread.on('message', (message: ThreadMessage) => {
      if ('made' in message) answer(message.made)
      else done({ ...message.ready, tile })
    })
    thread.on('error', (error: Error) =>
      ctx.log.warn({ problem: error.message }, 'the streets could not be drawn as a map'),
    )
    // Ends by itself once it has handed over one whole document.
    thread.on('exit', () => {
      for (const wait of waiting.values()) wait(undefined)
      waiting.clear()
      done(undefined)
    })
  })
  return { streets, end: () => thread.terminate() }
}

/** The road graph of the data folder as a map: read when it is first asked for, and again when it changed. */
export function createStreetMap(ctx: Context, limit = wholeTo) {
  const path = graphPath(ctx.config.dataDir)
  let running: Running | undefined
  return {
    /** Undefined while there is no road graph. */
    async current(): Promise<Streets | undefined> {
      const file = await stat(path).catch(() => undefined)
      const stamp = file ? `${file.mtimeMs} ${file.size} ${file.ino}` : ''
      if (running?.stamp !== stamp) {
        const before = running
        running = file ? { stamp, ...startThread(ctx, { path, wholeTo: limit }) } : undefined
        await before?.end()
      }
      return running?.streets
    },
    close: async () => void (await running?.end()),
  }
}
export type StreetMap = ReturnType<typeof createStreetMap>
