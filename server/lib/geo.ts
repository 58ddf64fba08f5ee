/** A place on the earth in WGS 84 degrees: north and east are positive. */
export type Position = { latitude: number; longitude: number }
/** The same where it may not be known. */
export type MaybePosition = { latitude: number | null; longitude: number | null }

/** Mean radius of the earth in metres: R1 = (2a + b) / 3 of the WGS 84 ellipsoid (Moritz, GRS 80, 2000). */
export const meanEarthRadius = 6_371_008.8

const radians = Math.PI / 180

/** Whether it is a place on the earth: finite, latitude in [-90, 90], longitude in [-180, 180]. */
export function isPosition(place: MaybePosition): place is Position {
  const { latitude, longitude } = place
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return false
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
}

/**
 * Metres between two places along the sphere, by the haversine formula (Sinnott, Virtues of the Haversine,
 * Sky and Telescope 68, 1984). The earth is no sphere: against the ellipsoid this is wrong by up to 0.56 %.
 * NaN when a number is NaN.
 */
export function distance(from: Position, to: Position): number {
  const north = Math.sin(((to.latitude - from.latitude) * radians) / 2)
  const east = Math.sin(((to.longitude - from.longitude) * radians) / 2)
  const shrink = Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians)
  // Rounding can lift the sum above 1 between antipodes, where asin has no value.
  return 2 * meanEarthRadius * Math.asin(Math.min(1, Math.sqrt(north * north + shrink * east * east)))
}

/** The places as two columns; NaN in both where one is not known or no place. */
export function toColumns(places: readonly MaybePosition[]) {
  const latitudes = new Float64Array(places.length).fill(Number.NaN)
  const longitudes = new Float64Array(places.length).fill(Number.NaN)
  for (const [i, place] of places.entries()) {
    if (!isPosition(place)) continue
    latitudes[i] = place.latitude
    longitudes[i] = place.longitude
  }
  return { latitudes, longitudes }
}

/**
 * Metres from one place to each of many, for ranking: the i-th place is latitudes[i], longitudes[i]. NaN
 * where there is no place. Equirectangular at the middle latitude, with one cosine for a place: against
 * `distance` wrong by at most 0.01 % within 100 km and 0.25 % within 500 km below 70 degrees of latitude.
 * Nearer to a pole or farther away it is good for telling far from near only.
 */
export function approximateDistances(
  from: Position,
  latitudes: Float64Array,
  longitudes: Float64Array,
): Float64Array {
  const metres = new Float64Array(latitudes.length)
  for (let at = 0; at < metres.length; at += 1) {
    const latitude = latitudes[at] as number
    const degrees = (longitudes[at] as number) - from.longitude
    // The short way round, over the antimeridian where that is shorter.
    const east = degrees - 360 * Math.round(degrees / 360)
    const x = east * Math.cos(((from.latitude + latitude) / 2) * radians)
    const y = latitude - from.latitude
    metres[at] = Math.sqrt(x * x + y * y) * radians * meanEarthRadius
  }
  return metres
}

/** A drive in seconds and metres along the road; `as_of` is the instant it was worked out for. */
export type Estimate = { seconds: number; metres: number; source: 'graph' | 'router' | 'crow'; as_of: string }
/** The i-th belongs to the i-th place asked about; undefined where none is known. */
export type Estimates = readonly (Estimate | undefined)[]

/** How much longer a road is than the straight line: a common factor in cities, until roads are known. */
export const detour = 1.3
/** Metres a second along city roads, about 50 and 36 km/h: assumed until measured drives are fitted. */
export const crowSpeeds = { siren: 14, normal: 10 } as const
export type Profile = keyof typeof crowSpeeds

/** Drives where no roads are known: the straight line x `detour` at the profile's speed. */
export function crowTimes(
  from: readonly MaybePosition[],
  to: MaybePosition,
  profile: Profile,
  as_of: string,
): Estimates {
  if (!isPosition(to)) return from.map(() => undefined)
  const { latitudes, longitudes } = toColumns(from)
  const straight = approximateDistances(to, latitudes, longitudes)
  return from.map((_, i) => {
    const metres = (straight[i] as number) * detour
    return metres >= 0 ? { seconds: metres / crowSpeeds[profile], metres, source: 'crow', as_of } : undefined
  })
}
