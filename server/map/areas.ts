import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Context } from '../context.ts'
import type { AreasRead } from './areas-thread.ts'

/** Water and parks as GeoJSON, put there by whoever made the roads (docs/map.md). */
export const areasPath = (dataDir: string) => join(dataDir, 'map-areas.geojson')

/** A coast of a whole country is a task for tiles. */
const mostBytes = 20_000_000

export type Areas = AreasRead

/** What a thread of its own makes of the file. It does not keep a process from ending. */
function readBeside(path: string): Promise<Areas> {
  const thread = new Worker(new URL('./areas-thread.ts', import.meta.url), { workerData: path })
  thread.unref()
  return new Promise((done, fail) => {
    thread.on('message', done)
    thread.on('error', fail)
    thread.on('exit', () => fail(new Error('it was not read')))
  })
}

/** What the data folder holds of areas, read again when the file changed; undefined for none. */
export function createAreas(ctx: Context) {
  const path = areasPath(ctx.config.dataDir)
  let known: { stamp: string; areas?: Promise<Areas | undefined> } = { stamp: '' }

  async function read(): Promise<Areas | undefined> {
    try {
      return await readBeside(path)
    } catch (error) {
      ctx.log.warn({ problem: (error as Error).message }, 'map-areas.geojson cannot be read')
      return undefined
    }
  }
  return async (): Promise<Areas | undefined> => {
    const file = await stat(path).catch(() => undefined)
    const stamp = file && file.size <= mostBytes ? `${file.mtimeMs} ${file.size}` : ''
    // Known before it is read, so that all who ask meanwhile wait for one reading.
    if (stamp !== known.stamp) known = { stamp, areas: stamp === '' ? undefined : read() }
    return known.areas
  }
}
