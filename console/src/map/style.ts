import type { BaseMap } from '@toneout/contract/model/base-map.ts'
import type { LayerSpecification, StyleSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import { areaLayers, sourceLayers, sourceOf } from './base-layers.ts'
import type { Colours } from './colours.ts'
import type { Snapshot } from './snapshot.ts'

/** The marks, from the ground up; each is a source and a layer of this name. */
export const markNames = ['stations', 'hospitals', 'units', 'incidents'] as const
export type MarkName = (typeof markNames)[number]

/** From this zoom on they are shown. */
const firstZoom: Record<MarkName, number> = { stations: 11, hospitals: 9.5, units: 0, incidents: 0 }

const mark = (name: MarkName): SymbolLayerSpecification => ({
  id: name,
  type: 'symbol',
  source: name,
  minzoom: firstZoom[name],
  layout: {
    'icon-image': ['get', 'icon'],
    'icon-overlap': 'always',
    // From afar the marks of a city would hide it.
    'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.6, 11.5, 1],
    'symbol-sort-key': ['get', 'sort'],
  },
})

const routeLayers = (colours: Colours): LayerSpecification[] =>
  (['edge', 'line'] as const).map((part) => ({
    id: `route-${part}`,
    type: 'line',
    source: 'route',
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': part === 'edge' ? colours.land : colours.focus,
      'line-width': part === 'edge' ? 7 : 4,
    },
  }))

export type StyleParts = {
  base: BaseMap
  /** The style that MAP_TILES names, where it names one. */
  outside: StyleSpecification | null
  colours: Colours
  snapshot: Snapshot
  /** Of this page, such as https://dispatch.example.org. */
  origin: string
}

/** The whole map as one style: what it is drawn on, and the centre over it. */
export function buildStyle({ base, outside, colours, snapshot, origin }: StyleParts): StyleSpecification {
  const { source, areas_url } = base
  const areas = areas_url === null ? null : areaLayers('areas', colours)
  const drawn = source && source.kind !== 'style' ? source : null
  const ground = drawn ? sourceLayers(drawn, 'base', colours) : []
  const isName = ({ type }: LayerSpecification) => type === 'symbol'
  const marks = markNames.map((name) => [name, { type: 'geojson' as const, data: snapshot[name] }] as const)
  return {
    version: 8,
    ...(outside?.glyphs ? { glyphs: outside.glyphs } : {}),
    ...(outside?.sprite ? { sprite: outside.sprite } : {}),
    sources: {
      ...outside?.sources,
      ...(areas ? { areas: { type: 'geojson', data: origin + areas_url } } : {}),
      ...(drawn ? { base: sourceOf(drawn, origin) } : {}),
      route: { type: 'geojson', data: snapshot.route },
      ...Object.fromEntries(marks),
    },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': colours.land } },
      ...(outside?.layers ?? []),
      ...(areas?.under ?? []),
      ...ground.filter((layer) => !isName(layer)),
      // Names stay readable over the way.
      ...routeLayers(colours),
      ...ground.filter(isName),
      ...(areas?.over ?? []),
      ...markNames.map(mark),
    ],
  }
}
