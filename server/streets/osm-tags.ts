import type { RoadClass, Segment } from './segment.ts'

export type Tags = Readonly<Record<string, string>>

/** Tags of OpenStreetMap that say something about a street, a house or a place; others are not read. */
export const readTags = [
  ...['highway', 'name', 'ref', 'oneway', 'junction', 'maxspeed', 'access', 'emergency', 'area'],
  ...['amenity', 'leisure', 'railway', 'aeroway', 'tourism', 'is_in:city', 'addr:city'],
  ...['addr:housenumber', 'addr:street', 'addr:place', 'addr:interpolation'],
]

/** Values of `highway` that vehicles drive on, without _link; others are for feet, or are not built yet. */
const classes: Readonly<Record<string, RoadClass>> = {
  motorway: 'motorway',
  trunk: 'trunk',
  primary: 'primary',
  secondary: 'secondary',
  tertiary: 'tertiary',
  unclassified: 'unclassified',
  road: 'unclassified',
  residential: 'residential',
  living_street: 'living_street',
  service: 'service',
  track: 'track',
}

/**
 * The class of road of a way; undefined where no vehicle goes. Crews may go where a sign keeps other vehicles
 * out, and on private ways; what nobody may enter is shut unless it is open to them by name.
 */
export function roadClassOf(tags: Tags): RoadClass | undefined {
  if (tags.area === 'yes') return undefined
  const isTheirs = ['yes', 'designated', 'official'].includes(tags.emergency ?? '')
  if (tags.emergency === 'no' || (tags.access === 'no' && !isTheirs)) return undefined
  const word = (tags.highway ?? '').replace(/_link$/, '')
  return Object.hasOwn(classes, word) ? classes[word] : undefined
}

/** Roundabouts and motorways go one way unless they say otherwise (OSM wiki, Key:oneway). */
export function onewayOf(tags: Tags): Segment['oneway'] {
  const { oneway = '', junction = '', highway = '' } = tags
  if (['yes', 'true', '1'].includes(oneway)) return 'forward'
  if (['-1', 'reverse'].includes(oneway)) return 'backward'
  if (oneway === 'no') return 'no'
  const isImplied = ['roundabout', 'circular'].includes(junction) || /^motorway(_link)?$/.test(highway)
  return isImplied ? 'forward' : 'no'
}

/** Posted km/h; undefined for words such as `none` or `DE:urban`. */
export function speedOf({ maxspeed = '' }: Tags): number | undefined {
  const found = /^(\d{1,3}(?:\.\d)?) ?(mph|km\/h|kmh)?$/.exec(maxspeed.trim())
  if (!found) return maxspeed === 'walk' ? 7 : undefined
  const value = Number(found[1]) * (found[2] === 'mph' ? 1.609344 : 1)
  return value >= 1 && value <= 255 ? value : undefined
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  amenity: [
    ...['hospital', 'clinic', 'doctors', 'pharmacy', 'nursing_home', 'school', 'kindergarten', 'college'],
    ...['university', 'police', 'fire_station', 'townhall', 'courthouse', 'prison', 'library', 'theatre'],
    ...['cinema', 'place_of_worship', 'marketplace', 'bus_station', 'community_centre', 'post_office'],
  ],
  leisure: ['park', 'stadium', 'sports_centre', 'marina', 'golf_course'],
  railway: ['station', 'halt'],
  aeroway: ['aerodrome', 'terminal'],
  tourism: ['hotel', 'museum', 'zoo', 'camp_site', 'attraction'],
}

/** What kind of place people call by its name; undefined for anything else. */
export function placeKindOf(tags: Tags): string | undefined {
  if (!tags.name) return undefined
  for (const [key, words] of Object.entries(kinds)) {
    const word = tags[key]
    if (word !== undefined && words.includes(word)) return word
  }
  return undefined
}
