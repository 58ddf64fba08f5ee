import type { TileSchema } from '@toneout/contract/model/base-map.ts'

/** What MAP_TILES says: a file of tiles, addresses of tiles, or the address of a style. */
export type TilesSetting = { kind: 'mbtiles' | 'pmtiles' | 'template' | 'style'; at: string }

/** Undefined when it says nothing that is understood. */
export function readTilesSetting(text: string): TilesSetting | undefined {
  if (/^https?:\/\//i.test(text)) {
    const isTemplate = /\{z\}/.test(text) && /\{x\}/.test(text) && /\{y\}/.test(text)
    return URL.canParse(text) ? { kind: isTemplate ? 'template' : 'style', at: text } : undefined
  }
  const ending = /\.(mbtiles|pmtiles)$/i.exec(text)?.[1]?.toLowerCase()
  return ending === 'mbtiles' || ending === 'pmtiles' ? { kind: ending, at: text } : undefined
}

/** Origins outside that pages load maps from: the one of the address, and none for a file. */
export function outsideOrigins(mapTiles: string | undefined): string[] {
  const setting = mapTiles === undefined ? undefined : readTilesSetting(mapTiles)
  return setting?.kind === 'template' || setting?.kind === 'style' ? [new URL(setting.at).origin] : []
}

/** By a layer that only tiles of that maker have. */
const signs: readonly [TileSchema, readonly string[]][] = [
  ['openmaptiles', ['transportation']],
  ['protomaps', ['roads', 'earth']],
  ['shortbread', ['streets', 'water_polygons']],
]

export function schemaOf(layers: readonly string[]): TileSchema {
  return signs.find(([, names]) => names.every((one) => layers.includes(one)))?.[0] ?? 'unknown'
}

/** Tiles that show a picture; anything else is a vector tile. */
const pictures: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
}

export const pictureType = (format: string): string | undefined => pictures[format.toLowerCase()]

export const vectorTileType = 'application/vnd.mapbox-vector-tile'

/** Whether a zoom has such a tile at all. */
export function isTile({ z, x, y }: { z: number; x: number; y: number }): boolean {
  return z <= 22 && x < 2 ** z && y < 2 ** z
}
