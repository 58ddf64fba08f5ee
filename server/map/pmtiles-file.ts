import { open } from 'node:fs/promises'
import { PMTiles, type Source } from 'pmtiles'
import type { Archive } from './archive.ts'
import { pictureType, schemaOf, vectorTileType } from './rules.ts'

/** Formats by the number that the header holds (PMTiles 3). */
const formats = ['', 'mvt', 'png', 'jpeg', 'webp', 'avif']

type Told = { vector_layers?: { id: string }[]; attribution?: string }

/** Opens a .pmtiles file; only the parts that are asked for are read. */
export async function openPmtiles(path: string): Promise<Archive> {
  const file = await open(path, 'r')
  const source: Source = {
    getKey: () => path,
    getBytes: async (offset, length) => {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await file.read(bytes, 0, length, offset)
      return { data: bytes.buffer.slice(0, bytesRead) }
    },
  }
  try {
    const archive = new PMTiles(source)
    const header = await archive.getHeader()
    const told = (await archive.getMetadata()) as Told
    const picture = pictureType(formats[header.tileType] ?? '')
    const layers = (told.vector_layers ?? []).map(({ id }) => id)
    const bounds = [header.minLon, header.minLat, header.maxLon, header.maxLat]
    return {
      source: {
        kind: picture ? 'raster' : 'vector',
        tile_schema: picture ? 'unknown' : schemaOf(layers),
        layers,
        min_zoom: header.minZoom,
        max_zoom: header.maxZoom,
        bounds: header.maxLon > header.minLon && header.maxLat > header.minLat ? bounds : null,
        attribution: told.attribution ?? '',
      },
      contentType: picture ?? vectorTileType,
      tile: async (z, x, y) => {
        const found = await archive.getZxy(z, x, y)
        return found && new Uint8Array(found.data)
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}
