import type { Point } from './city.ts'

/** A drive by way of one bend; times are milliseconds of the simulation's clock. */
export type Leg = { from: Point; bend: Point; to: Point; startedAt: number; endsAt: number }

const metresPerDegree = 111_320
/** Metres along the road for each of the straight line, as the server estimates them. */
const detour = 1.3
/** Metres a second with siren and without: what the server assumes where it knows no roads. */
const speeds = { siren: 14, normal: 10 } as const
/** Seconds to pull out and to find a place to stop. */
const fixedSeconds = 25

export function metresBetween(a: Point, b: Point): number {
  const narrow = Math.cos((((a.latitude + b.latitude) / 2) * Math.PI) / 180)
  const north = (a.latitude - b.latitude) * metresPerDegree
  const east = (a.longitude - b.longitude) * metresPerDegree * narrow
  return Math.hypot(north, east)
}

/** `pace` is how much longer than usual this drive takes. */
export function driveSeconds(from: Point, to: Point, profile: keyof typeof speeds, pace = 1): number {
  return fixedSeconds + (metresBetween(from, to) * detour * pace) / speeds[profile]
}

/** A drive from here to there that begins now. Streets are a grid: it turns once. */
export function makeLeg(from: Point, to: Point, seconds: number, now: number): Leg {
  // Which way round follows from the places, so that the same drive always looks the same.
  const first = Math.abs(from.latitude - to.latitude) > Math.abs(from.longitude - to.longitude)
  const turn = first
    ? { latitude: to.latitude, longitude: from.longitude }
    : { latitude: from.latitude, longitude: to.longitude }
  const bend = between(between(from, to, 0.5), turn, 0.7)
  return { from, bend, to, startedAt: now, endsAt: now + seconds * 1_000 }
}

/** Where a drive has got to. */
export function along({ from, bend, to, startedAt, endsAt }: Leg, now: number): Point {
  const part = endsAt > startedAt ? Math.min(1, Math.max(0, (now - startedAt) / (endsAt - startedAt))) : 1
  if (part === 1) return to
  const [first, second] = [metresBetween(from, bend), metresBetween(bend, to)]
  const gone = part * (first + second)
  return gone < first ? between(from, bend, gone / first) : between(bend, to, (gone - first) / (second || 1))
}

function between(a: Point, b: Point, part: number): Point {
  return {
    latitude: a.latitude + (b.latitude - a.latitude) * part,
    longitude: a.longitude + (b.longitude - a.longitude) * part,
  }
}
