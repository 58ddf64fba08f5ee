import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from '../context.ts'

const pack = promisify(gzip)

/** Water and parks as GeoJSON, put there by whoever made the roads (docs/map.md). */
export const areasPath = (dataDir: string) => join(dataDir, 'map-areas.geojson')

/** A coast of a whole country is a task for tiles. */
const mostBytes = 20_000_000

export type Areas = { version: string; gzipped: Uint8Array }

/** What the data folder holds of areas, read again when the file changed; undefined for none. */
export function createAreas(ctx: Context) {
  const path = areasPath(ctx.config.dataDir)
  let known: { stamp: string; areas?: Promise<Areas | undefined> } = { stamp: '' }

  async function read(): Promise<Areas | undefined> {
    try {
      const text = await readFile(path, 'utf8')
      if ((JSON.parse(text) as { type?: unknown }).type !== 'FeatureCollection') {
        throw new Error('it is no FeatureCollection')
      }
      const version = createHash('sha256').update(text).digest('hex').slice(0, 16)
      return { version, gzipped: await pack(text) }
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
