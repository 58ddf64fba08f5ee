import type { Estimate, Estimates, MaybePosition, Position, Profile } from './geo.ts'

/** For whom one drives, and when (ISO 8601): which profile, which hour, which fit to the past. */
export type DriveOccasion = { priority: number; at: string }
export type RouteEstimate = Estimate & { line: [number, number][] }

/** With lights and siren for the two graver priorities. */
export const profileOf = (priority: number): Profile => (priority <= 2 ? 'siren' : 'normal')

/**
 * How long drives take, by the best that is there: roads of our own, else a routing server for the nearest,
 * else the straight line. Each estimate says which it is. Never fails; undefined where a place is unknown.
 */
export type DriveTimes = {
  /** From where units are to the incident, place by place; fitted to drives of the past. */
  toIncident: (from: readonly MaybePosition[], to: MaybePosition, when: DriveOccasion) => Promise<Estimates>
  /** From the incident to hospitals, place by place. */
  fromIncident: (to: readonly MaybePosition[], from: MaybePosition, when: DriveOccasion) => Promise<Estimates>
  /** The way of one unit to the incident; [longitude, latitude] in degrees. */
  route: (from: Position, to: Position, when: DriveOccasion) => Promise<RouteEstimate>
}

/** A line fitted to drives of the past: actual = intercept_s + slope x expected. */
export type DriveFit = { source: Estimate['source']; priority: number; intercept_s: number; slope: number }

/** The seconds of an estimate as drives of the past say. */
export function fitted(
  one: Estimate,
  { intercept_s, slope }: Pick<DriveFit, 'intercept_s' | 'slope'>,
): Estimate {
  return { ...one, seconds: Math.max(0, intercept_s + slope * one.seconds) }
}
