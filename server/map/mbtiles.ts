import { DatabaseSync } from 'node:sqlite'
import type { Archive } from './archive.ts'
import { pictureType, schemaOf, vectorTileType } from './rules.ts'

const numbers = (text: string | undefined): number[] => (text ?? '').split(',').map(Number)

/** Names of the layers of vector tiles, as the archive's `json` tells them. */
function layersOf(json: string | undefined): string[] {
  const { vector_layers = [] } = JSON.parse(json ?? '{}') as { vector_layers?: { id: string }[] }
  return vector_layers.map(({ id }) => id)
}

/** Opens an .mbtiles file (MBTiles 1.3): an SQLite database, its rows counted from the south. */
export async function openMbtiles(path: string): Promise<Archive> {
  const file = new DatabaseSync(path, { readOnly: true })
  const rows = file.prepare('SELECT name, value FROM metadata').all() as { name: string; value: string }[]
  const told = new Map(rows.map(({ name, value }) => [name, value]))
  const zooms = file.prepare('SELECT min(zoom_level) AS low, max(zoom_level) AS high FROM tiles').get()
  const { low, high } = zooms as { low: number | null; high: number | null }
  const find = file.prepare(
    'SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?',
  )
  const picture = pictureType(told.get('format') ?? '')
  const layers = layersOf(told.get('json'))
  const bounds = numbers(told.get('bounds'))
  return {
    source: {
      kind: picture ? 'raster' : 'vector',
      tile_schema: picture ? 'unknown' : schemaOf(layers),
      layers,
      min_zoom: low ?? 0,
      max_zoom: high ?? 0,
      bounds: bounds.length === 4 && bounds.every(Number.isFinite) ? bounds : null,
      attribution: told.get('attribution') ?? '',
    },
    contentType: picture ?? vectorTileType,
    tile: async (z, x, y) =>
      (find.get(z, x, 2 ** z - 1 - y)?.tile_data as Uint8Array | undefined) ?? undefined,
    close: async () => file.close(),
  }
}
