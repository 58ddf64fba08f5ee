import type { MapSource } from '@toneout/contract/model/base-map.ts'
import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  SourceSpecification,
} from 'maplibre-gl'
import type { Colours } from './colours.ts'
import type { Box } from './snapshot.ts'
import { type Words, wordsOf } from './tile-words.ts'

/** A width at some zooms, straight in between on the scale of what one sees. */
const widths = (...stops: readonly (readonly [zoom: number, pixels: number])[]): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  ...stops.flat(),
]

const ranks = {
  minor: {
    from: 11.5,
    line: widths([11, 0.4], [13, 1], [15, 3.5], [17, 10]),
    edge: widths([13, 1.6], [15, 5], [17, 12]),
  },
  main: {
    from: 9,
    line: widths([9, 0.5], [12, 1.4], [14, 3], [17, 15]),
    edge: widths([12, 2.2], [14, 4.6], [17, 17.5]),
  },
  major: {
    from: 5,
    line: widths([7, 0.8], [11, 1.8], [14, 4.5], [17, 19]),
    edge: widths([11, 2.8], [14, 6.4], [17, 22]),
  },
} as const
type Rank = keyof typeof ranks

type Given = { source: string; layer?: string; colours: Colours }

/** In tiles a layer of the source is named; a document of GeoJSON has none. */
const from = ({ source, layer }: Given) => (layer ? { source, 'source-layer': layer } : { source })

function roadLayers(given: Given, { property, roads, ...classes }: Words): LayerSpecification[] {
  const { colours } = given
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  const layer = (rank: Rank, part: 'edge' | 'line'): LayerSpecification => {
    const inner = { minor: colours.street, main: colours.main, major: colours.major }[rank]
    const edge = { minor: colours.streetEdge, main: colours.mainEdge, major: colours.majorEdge }[rank]
    const filter = ['in', ['get', property], ['literal', classes[rank]]] as FilterSpecification
    return {
      id: `${roads}-${rank}-${part}`,
      type: 'line',
      ...from(given),
      minzoom: part === 'edge' ? Math.max(12, ranks[rank].from) : ranks[rank].from,
      filter,
      layout: round,
      paint: { 'line-color': part === 'edge' ? edge : inner, 'line-width': ranks[rank][part] },
    }
  }
  const order = ['minor', 'main', 'major'] as const
  return [...order.map((rank) => layer(rank, 'edge')), ...order.map((rank) => layer(rank, 'line'))]
}

/** Labels are drawn from this page's fonts: none is fetched from anywhere. */
const font = { plain: ['Inter Variable'], bold: ['Inter SemiBold', 'Inter Variable'] }

const halo = ({ land }: Colours) => ({ 'text-halo-color': land, 'text-halo-width': 1.6 })

function nameLayers(given: Given, { property, names, major, main, minor }: Words): LayerSpecification[] {
  const { colours } = given
  const label = (rank: Rank, classes: string[], minzoom: number): LayerSpecification => ({
    id: `${names}-${rank}-names`,
    type: 'symbol',
    ...from(given),
    minzoom,
    filter: ['in', ['get', property], ['literal', classes]],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 320,
      'text-field': ['coalesce', ['get', 'name:en'], ['get', 'name'], ''],
      'text-font': font.plain,
      'text-size': widths([11, 10], [16, rank === 'minor' ? 11.5 : 13]),
      'text-max-angle': 35,
      'text-padding': 6,
    },
    paint: { 'text-color': colours.name, ...halo(colours) },
  })
  return [label('major', major, 11), label('main', main, 12.5), label('minor', minor, 14)]
}

export function districtLayer(given: Given, filter: FilterSpecification): LayerSpecification {
  return {
    id: `${given.layer ?? given.source}-districts`,
    type: 'symbol',
    ...from(given),
    maxzoom: 15.5,
    filter,
    layout: {
      'text-field': ['coalesce', ['get', 'name:en'], ['get', 'name'], ''],
      'text-font': font.bold,
      'text-size': widths([10, 11], [14, 14]),
      'text-letter-spacing': 0.04,
      'text-max-width': 8,
      'text-padding': 12,
    },
    paint: { 'text-color': given.colours.district, ...halo(given.colours) },
  }
}

const polygons = (
  given: Given,
  id: string,
  colour: string,
  filter?: FilterSpecification,
): LayerSpecification => ({
  id,
  type: 'fill',
  ...from(given),
  ...(filter ? { filter } : {}),
  paint: { 'fill-color': colour, 'fill-antialias': true },
})

/** Water, parks and districts of the data folder, under and over the streets. */
export function areaLayers(source: string, colours: Colours) {
  const given = { source, colours }
  const kind = (word: string) => ['==', ['get', 'kind'], word] as FilterSpecification
  return {
    under: [
      polygons(given, 'areas-park', colours.park, kind('PARK')),
      polygons(given, 'areas-water', colours.water, kind('WATER')),
    ],
    over: [districtLayer(given, kind('DISTRICT'))],
  }
}

/** The layers of one source, from the ground up. */
export function sourceLayers(source: MapSource, id: string, colours: Colours): LayerSpecification[] {
  if (source.kind === 'raster') {
    return [{ id: 'pictures', type: 'raster', source: id, paint: { 'raster-saturation': -0.6 } }]
  }
  const inTiles = source.kind === 'vector'
  const layers = wordsOf(source.tile_schema).flatMap((set): LayerSpecification[] => {
    const of = (layer: string): Given => ({ source: id, colours, ...(inTiles ? { layer } : {}) })
    const fill = (layer: string, colour: string) => polygons(of(layer), `${layer}-fill`, colour)
    return [
      ...set.parks.map((layer) => fill(layer, colours.park)),
      ...set.water.map((layer) => fill(layer, colours.water)),
      ...roadLayers(of(set.roads), set),
      ...nameLayers(of(set.names), set),
      ...(set.districts === '' ? [] : [districtLayer(of(set.districts), ['has', 'name'])]),
    ]
  })
  // Two makers may call a layer the same.
  return layers.map((layer, at) => ({ ...layer, id: `${at}-${layer.id}` }))
}

/** The source as MapLibre takes it; tiles of our own by the whole address, which its worker needs. */
export function sourceOf(source: MapSource, origin: string): SourceSpecification {
  const { kind, min_zoom: minzoom, max_zoom: maxzoom } = source
  const url = source.url.startsWith('/') ? origin + source.url : source.url
  const bounds = source.bounds as Box | null
  if (kind === 'geojson') return { type: 'geojson', data: url, tolerance: 0.3, maxzoom: 16 }
  const tiles = { tiles: [url], minzoom, maxzoom, ...(bounds ? { bounds } : {}) }
  return kind === 'raster' ? { type: 'raster', tileSize: 256, ...tiles } : { type: 'vector', ...tiles }
}
