import { z } from 'zod'

/** What a map is drawn on: tiles that were configured, the streets of the road graph, or nothing. */
export const mapLevels = ['TILES', 'STREETS', 'NONE'] as const
export type MapLevel = (typeof mapLevels)[number]

/** How a source comes: cut into tiles, as one document, or as a style that names sources of its own. */
export const mapSources = ['vector', 'raster', 'geojson', 'style'] as const

/** Names that vector tiles give to their layers: our own, those of three known makers, or others. */
export const tileSchemas = ['streets', 'openmaptiles', 'protomaps', 'shortbread', 'unknown'] as const
export type TileSchema = (typeof tileSchemas)[number]

const source = z
  .object({
    kind: z.enum(mapSources),
    /** Address; of tiles with {z}, {x} and {y} in it. */
    url: z.string(),
    tile_schema: z.enum(tileSchemas),
    /** Names of the layers in a vector tile. */
    layers: z.array(z.string()),
    min_zoom: z.number().int(),
    max_zoom: z.number().int(),
    /** West, south, east and north in degrees; null for all the world. */
    bounds: z.array(z.number()).nullable(),
    /** Whom the map must name; empty for data of the centre's own. */
    attribution: z.string(),
  })
  .meta({ id: 'MapSource' })
export type MapSource = z.output<typeof source>

export const baseMap = z
  .object({
    level: z.enum(mapLevels),
    source: source.nullable(),
    /** Address of polygons of water and parks that the streets are drawn over; null for none. */
    areas_url: z.string().nullable(),
    /** What a person should know, such as that no base map is configured; null for nothing. */
    note: z.string().nullable(),
  })
  .meta({ id: 'BaseMap' })
export type BaseMap = z.output<typeof baseMap>

const digits = (name: string, most: number) =>
  z.coerce
    .string()
    .regex(new RegExp(`^\\d{1,${most}}$`), `${name} must be a whole number.`)
    .transform(Number)

/** Place of a tile in a path. */
export const oneTile = z.object({ z: digits('z', 2), x: digits('x', 8), y: digits('y', 8) })
export type OneTile = z.output<typeof oneTile>

/** Changes with what is served, so that a browser may keep it. */
export const versioned = z.strictObject({
  v: z.string().max(100, 'Must be at most 100 characters.').optional(),
})
