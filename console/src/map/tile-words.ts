import type { TileSchema } from '@toneout/contract/model/base-map.ts'

/** What the makers of tiles call their layers, and how they tell roads apart. */
export type Words = {
  water: string[]
  parks: string[]
  roads: string
  property: 'class' | 'kind'
  major: string[]
  main: string[]
  minor: string[]
  names: string
  districts: string
}

const osm = {
  major: ['motorway', 'trunk', 'primary'],
  main: ['secondary', 'tertiary'],
  minor: ['unclassified', 'residential', 'living_street', 'service', 'track', 'minor'],
}

const words: Record<Exclude<TileSchema, 'unknown'>, Words> = {
  streets: { water: [], parks: [], roads: 'roads', property: 'class', ...osm, names: 'roads', districts: '' },
  openmaptiles: {
    ...{ water: ['water'], parks: ['park'], roads: 'transportation', property: 'class', ...osm },
    ...{ names: 'transportation_name', districts: 'place' },
  },
  protomaps: {
    ...{ water: ['water'], parks: [], roads: 'roads', property: 'kind' },
    ...{ major: ['highway'], main: ['major_road'], minor: ['minor_road', 'other'] },
    ...{ names: 'roads', districts: 'places' },
  },
  shortbread: {
    ...{ water: ['ocean', 'water_polygons'], parks: [], roads: 'streets', property: 'kind', ...osm },
    ...{ names: 'street_labels', districts: 'place_labels' },
  },
}

/** Of tiles of an unknown maker, everything that anybody calls roads or water is drawn. */
export const wordsOf = (schema: TileSchema): Words[] =>
  schema === 'unknown' ? Object.values(words) : [words[schema]]
