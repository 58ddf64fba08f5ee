import { type Point, toMetres } from './city/projection.ts'
import type { Conditions, Roads } from './city/roads.ts'

/** A drive by the points it passes; times are milliseconds of the simulation's clock. */
export type Leg = {
  points: readonly Point[]
  /** When each point is passed. */
  times: readonly number[]
  to: Point
  endsAt: number
}
/** A drive that begins now; `pace` is how much longer than usual it takes. */
export type Drive = (from: Point, to: Point, how: { siren: boolean; pace: number }, now: number) => Leg

/** Seconds to pull out and to find a place to stop. */
const fixedSeconds = 25
/** Metres a second as the crow flies where no road leads. */
const lostSpeed = 5

export function metresBetween(a: Point, b: Point): number {
  const [[ax, ay], [bx, by]] = [toMetres(a), toMetres(b)]
  return Math.hypot(ax - bx, ay - by)
}

/** Drives along the city's streets under the conditions of the moment. */
export function openDrive(roads: Roads, conditionsAt: (now: number) => Omit<Conditions, 'siren'>): Drive {
  return (from, to, { siren, pace }, now) => {
    const route = roads.drive(from, to, { ...conditionsAt(now), siren }) ?? {
      points: [from, to],
      seconds: [0, metresBetween(from, to) / lostSpeed],
    }
    const times = route.seconds.map((seconds) => now + (seconds * pace + fixedSeconds) * 1_000)
    times[0] = now
    return { points: route.points, times, to, endsAt: times.at(-1)! }
  }
}

/** Where a drive has got to. */
export function along({ points, times, to, endsAt }: Leg, now: number): Point {
  if (now >= endsAt) return to
  let [low, high] = [0, times.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (times[middle]! <= now) low = middle
    else high = middle
  }
  const [a, b] = [points[low]!, points[high]!]
  const span = times[high]! - times[low]!
  const part = span > 0 ? Math.max(0, Math.min(1, (now - times[low]!) / span)) : 1
  return {
    latitude: a.latitude + (b.latitude - a.latitude) * part,
    longitude: a.longitude + (b.longitude - a.longitude) * part,
  }
}
