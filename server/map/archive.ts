import type { MapSource } from '@toneout/contract/model/base-map.ts'
import type { Context } from '../context.ts'
import { openMbtiles } from './mbtiles.ts'
import { openPmtiles } from './pmtiles-file.ts'
import type { TilesSetting } from './rules.ts'

/** A file of tiles that is open. */
export type Archive = {
  /** Without an address; the page asks this server for its tiles. */
  source: Omit<MapSource, 'url'>
  /** Of its tiles, such as image/png. */
  contentType: string
  /** The tile as the file holds it, which may be gzipped; undefined where it holds none. */
  tile: (z: number, x: number, y: number) => Promise<Uint8Array | undefined>
  close: () => Promise<void>
}

/** Opens the file; undefined, with a line in the log, when it cannot be read: a map is not worth a start. */
export async function openArchive(ctx: Context, { kind, at }: TilesSetting): Promise<Archive | undefined> {
  try {
    return await (kind === 'mbtiles' ? openMbtiles(at) : openPmtiles(at))
  } catch (error) {
    ctx.log.warn({ file: at, problem: (error as Error).message }, 'the tiles of MAP_TILES cannot be read')
    return undefined
  }
}
