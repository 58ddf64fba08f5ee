import type { BaseMap, MapSource } from '@toneout/contract/model/base-map.ts'
import type { Context } from '../context.ts'
import { type Archive, openArchive } from './archive.ts'
import { type Areas, createAreas } from './areas.ts'
import { streetZooms } from './cut-streets.ts'
import { readTilesSetting } from './rules.ts'
import { createStreetMap, type StreetMap } from './street-map.ts'

type Streets = NonNullable<Awaited<ReturnType<StreetMap['current']>>>

/** Tiles from elsewhere, as MAP_TILES and MAP_ATTRIBUTION say. */
function outsideSource(kind: 'template' | 'style', url: string, attribution: string): MapSource {
  const picture = /\.(png|jpe?g|webp|avif)([?#]|$)/i.test(url)
  const cut = picture ? ('raster' as const) : ('vector' as const)
  return {
    kind: kind === 'style' ? 'style' : cut,
    url,
    tile_schema: 'unknown',
    layers: [],
    min_zoom: 0,
    max_zoom: picture ? 18 : 14,
    bounds: null,
    attribution,
  }
}

function streetSource({ whole, version, bounds, attribution }: Streets): MapSource {
  return {
    kind: whole ? 'geojson' : 'vector',
    url: whole ? `/api/map/streets/?v=${version}` : `/api/map/streets/{z}/{x}/{y}/?v=${version}`,
    tile_schema: 'streets',
    layers: ['roads'],
    min_zoom: whole ? 0 : streetZooms.min,
    max_zoom: whole ? 22 : streetZooms.max,
    bounds,
    attribution,
  }
}

/** What maps are drawn on, by what is configured and what the data folder holds. */
export function createBaseMap(ctx: Context, wholeTo?: number) {
  const { mapTiles, mapAttribution = '' } = ctx.config
  const setting = mapTiles === undefined ? undefined : readTilesSetting(mapTiles)
  const streets = createStreetMap(ctx, wholeTo)
  const areas = createAreas(ctx)
  const isFile = setting?.kind === 'mbtiles' || setting?.kind === 'pmtiles'
  let opened: Promise<Archive | undefined> | undefined
  const archive = () => {
    if (isFile) opened ??= openArchive(ctx, setting)
    return opened ?? Promise.resolve(undefined)
  }

  async function tileSource(): Promise<MapSource | undefined> {
    if (setting?.kind === 'template' || setting?.kind === 'style') {
      return outsideSource(setting.kind, setting.at, mapAttribution)
    }
    const found = await archive()
    if (!found) return undefined
    const attribution = mapAttribution || found.source.attribution
    return { ...found.source, attribution, url: '/api/map/tiles/{z}/{x}/{y}/' }
  }

  const areasUrl = (found: Areas | undefined) => (found ? `/api/map/areas/?v=${found.version}` : null)
  return {
    streets,
    areas,
    archive,
    async describe(): Promise<BaseMap> {
      const tiles = await tileSource()
      if (tiles) return { level: 'TILES', source: tiles, areas_url: null, note: null }
      const lost = isFile ? 'The tiles of MAP_TILES cannot be read. ' : ''
      const [drawn, polygons] = [await streets.current(), await areas()]
      const areas_url = areasUrl(polygons)
      if (drawn) {
        return { level: 'STREETS', source: streetSource(drawn), areas_url, note: lost.trim() || null }
      }
      return { level: 'NONE', source: null, areas_url, note: `${lost}No base map is configured.` }
    },
    async close() {
      await streets.close()
      await (await opened)?.close()
    },
  }
}
export type ServedMap = ReturnType<typeof createBaseMap>
