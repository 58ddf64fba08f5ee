import type { Profile } from '../lib/geo.ts'
import { type RoadClass, roadClasses } from './segment.ts'

/** Posted km/h where a source tells none: common limits, our own choice. */
const postedSpeeds: Readonly<Record<RoadClass, number>> = {
  motorway: 100,
  trunk: 90,
  primary: 65,
  secondary: 55,
  tertiary: 45,
  unclassified: 40,
  residential: 35,
  living_street: 15,
  service: 20,
  track: 15,
}

/**
 * Share of the posted speed that is driven, stops at junctions included, by class of road: our own choice,
 * which the fit to an agency's own drives corrects. A siren gains most where others stand in the way.
 */
const factors: Readonly<Record<Profile, Readonly<Record<RoadClass, number>>>> = {
  siren: {
    ...{ motorway: 1, trunk: 1, primary: 0.95, secondary: 0.95, tertiary: 0.9, unclassified: 0.85 },
    ...{ residential: 0.8, living_street: 0.8, service: 0.8, track: 0.8 },
  },
  normal: {
    ...{ motorway: 0.9, trunk: 0.85, primary: 0.7, secondary: 0.7, tertiary: 0.7, unclassified: 0.7 },
    ...{ residential: 0.65, living_street: 0.8, service: 0.7, track: 0.7 },
  },
}

/** Metres a second off the road, between a place and the street it is snapped to. */
export const offRoadSpeed = 4

/** Metres a second along each segment: class by index into roadClasses, posted km/h or 0. */
export function speedOf(kind: number, posted: number, profile: Profile): number {
  const name = roadClasses[kind] as RoadClass
  return ((posted || postedSpeeds[name]) / 3.6) * factors[profile][name]
}
