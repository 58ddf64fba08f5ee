/** Classes of road, the fastest first; OpenStreetMap's words for them. */
export const roadClasses = [
  ...['motorway', 'trunk', 'primary', 'secondary', 'tertiary'],
  ...['unclassified', 'residential', 'living_street', 'service', 'track'],
] as const
export type RoadClass = (typeof roadClasses)[number]

/** First and last house number along the line, in the line's direction. */
export type NumberRange = { from: number; to: number }

/** A piece of a street between two junctions, whatever it was read from. */
export type Segment = {
  /** As the source names it. */
  id: string
  /** Name of the street as people write it; empty when it has none. */
  name: string
  class: RoadClass
  /** Which way vehicles may go, seen along the line. */
  oneway: 'no' | 'forward' | 'backward'
  /** Posted limit in km/h; undefined where the source knows none. */
  speed_kmh?: number
  /** [longitude, latitude] in degrees, at least two. */
  line: readonly (readonly [number, number])[]
  /** The source's names of the junctions at both ends; equal names are one place. */
  from_node: string
  to_node: string
  /** House numbers left and right of the line. */
  left?: NumberRange
  right?: NumberRange
  /** Town or district, where the source tells. */
  area?: string
}

/** A house by its number as people write it, such as 12a, on the street of that name. */
export type House = { number: string; street: string; area?: string; at: readonly [number, number] }

/** A place people go by: a hospital, a school, a station, a park. [longitude, latitude] in degrees. */
export type NamedPlace = { name: string; kind: string; at: readonly [number, number] }
