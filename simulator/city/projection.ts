import type { Xy } from './shape.ts'

export type Point = { latitude: number; longitude: number }

/**
 * Port Halvard, an invented coastal city. Its coordinates lie in the open Pacific, some 270 km off any coast,
 * so that no invented emergency ever points at a real house.
 */
export const cityName = 'Port Halvard'
const centre = { latitude: 44.62, longitude: -127.48 }
const metresPerDegree = 111_320
const narrow = Math.cos((centre.latitude * Math.PI) / 180)

const six = (value: number) => Math.round(value * 1e6) / 1e6

/** Metres east and north of the centre as degrees, to the tenth of a metre. */
export function toDegrees([east, north]: Xy): Point {
  return {
    latitude: six(centre.latitude + north / metresPerDegree),
    longitude: six(centre.longitude + east / (metresPerDegree * narrow)),
  }
}

export function toMetres({ latitude, longitude }: Point): Xy {
  return [
    (longitude - centre.longitude) * metresPerDegree * narrow,
    (latitude - centre.latitude) * metresPerDegree,
  ]
}

/** Metres from the centre within which everything of the city lies, its highways and the water too. */
const reach = 60_000

/** Whether a place is one of the invented city; no real one is. */
export function inCity(point: Point): boolean {
  return Math.hypot(...toMetres(point)) < reach
}
