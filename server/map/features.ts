import type { Street } from '../streets/graph-file.ts'
import type { RoadClass } from '../streets/segment.ts'
import { joinLines, type Line } from './lines.ts'

type LineString = GeoJSON.LineString
export type StreetProperties = { name: string; class: RoadClass }
export type StreetFeatures = GeoJSON.FeatureCollection<LineString, StreetProperties>

type Bounds = [west: number, south: number, east: number, north: number]

/** Six decimals are a tenth of a metre, and the document is half as long. */
const short = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** Streets as GeoJSON, blocks of one name and class joined; with their bounds, null when there are none. */
export function streetFeatures(streets: Iterable<Street>) {
  const groups = new Map<string, StreetProperties & { lines: Line[] }>()
  const bounds: Bounds = [180, 90, -180, -90]
  for (const { name, class: roadClass, line } of streets) {
    const key = `${roadClass} ${name}`
    const group = groups.get(key) ?? { name, class: roadClass, lines: [] }
    groups.set(key, group)
    group.lines.push(line.map(([longitude, latitude]) => [short(longitude), short(latitude)]))
    for (const [longitude, latitude] of line) {
      bounds[0] = Math.min(bounds[0], longitude)
      bounds[1] = Math.min(bounds[1], latitude)
      bounds[2] = Math.max(bounds[2], longitude)
      bounds[3] = Math.max(bounds[3], latitude)
    }
  }
  const features = [...groups.values()].flatMap(({ name, class: roadClass, lines }) =>
    joinLines(lines).map((line): GeoJSON.Feature<LineString, StreetProperties> => {
      const geometry = { type: 'LineString' as const, coordinates: line.map(([x, y]) => [x, y]) }
      return { type: 'Feature', properties: { name, class: roadClass }, geometry }
    }),
  )
  const collection: StreetFeatures = { type: 'FeatureCollection', features }
  return { collection, bounds: features.length > 0 ? bounds : null }
}
