import GeoJSONVT from 'geojson-vt'
import { fromGeojsonVt } from 'vt-pbf'
import type { RoadClass } from '../streets/segment.ts'
import type { StreetFeatures } from './features.ts'

/** Tiles of further zooms are drawn from those of this one. */
export const streetZooms = { min: 4, max: 15 }

/** From which zoom a road of a class is in a tile: a city from afar is its main roads. */
const firstZoom: Readonly<Record<RoadClass, number>> = {
  motorway: 0,
  trunk: 0,
  primary: 7,
  secondary: 9,
  tertiary: 10,
  unclassified: 12,
  residential: 12,
  living_street: 13,
  service: 14,
  track: 14,
}

type CutFeature = { tags: { class: RoadClass } }
type Index = { getTile: (z: number, x: number, y: number) => { features: CutFeature[] } | null }
// The types of the package are of an older version, which was a function.
const CutIndex = GeoJSONVT as unknown as new (data: unknown, options: object) => Index

/** Cuts streets into vector tiles with one layer, `roads`; null where a tile holds none. */
export function cutStreets(streets: StreetFeatures) {
  const index = new CutIndex(streets, { maxZoom: streetZooms.max, indexMaxZoom: 4, buffer: 96, tolerance: 3 })
  return (z: number, x: number, y: number): Uint8Array | null => {
    const features = index.getTile(z, x, y)?.features.filter(({ tags }) => firstZoom[tags.class] <= z) ?? []
    return features.length > 0 ? fromGeojsonVt({ roads: { features } }, { version: 2 }) : null
  }
}
