import { distance, type Position } from '../lib/geo.ts'

/** A piece of a street: its points as [longitude, latitude], and its house numbers on both sides. */
export type NumberedLine = {
  street_id: number
  line: readonly (readonly [number, number])[]
  left_from: number | null
  left_to: number | null
  right_from: number | null
  right_to: number | null
}

export type OnLine = Position & { note: string | null; certainty: number; accuracy_m: number }

const at = (point: readonly [number, number]): Position => ({ longitude: point[0], latitude: point[1] })

/** Metres along the line. */
export function lengthOf(line: NumberedLine['line']): number {
  let sum = 0
  for (let i = 1; i < line.length; i += 1) sum += distance(at(line[i - 1]!), at(line[i]!))
  return sum
}

/** The point at this share, 0 to 1, of the line's length. */
export function pointAlong(line: NumberedLine['line'], share: number): Position {
  let left = lengthOf(line) * Math.min(1, Math.max(0, share))
  for (let i = 1; i < line.length; i += 1) {
    const [from, to] = [at(line[i - 1]!), at(line[i]!)]
    const metres = distance(from, to)
    if (left <= metres && metres > 0) {
      const part = left / metres
      return {
        latitude: from.latitude + (to.latitude - from.latitude) * part,
        longitude: from.longitude + (to.longitude - from.longitude) * part,
      }
    }
    left -= metres
  }
  return at(line.at(-1)!)
}

type Side = { on: NumberedLine; from: number; to: number; low: number; high: number }

/** The sides that have numbers; 0 to 0 is written where there are none. */
function sidesOf(lines: readonly NumberedLine[]): Side[] {
  return lines.flatMap((on) =>
    [[on.left_from, on.left_to] as const, [on.right_from, on.right_to] as const].flatMap(([from, to]) => {
      if (from === null || to === null || (from === 0 && to === 0)) return []
      return [{ on, from, to, low: Math.min(from, to), high: Math.max(from, to) }]
    }),
  )
}

/** How far the number is from those of the side, 0 when it is one of them. */
const gap = ({ low, high }: Side, number: number) => Math.max(low - number, number - high, 0)

/** A side with both even and odd numbers takes any. */
const hasParity = ({ from, to }: Side, number: number) =>
  from % 2 !== to % 2 || Math.abs(from % 2) === number % 2

function shareOf({ from, to }: Side, number: number): number {
  return from === to ? 0.5 : (number - from) / (to - from)
}

/** A number just past the last known one is likelier than one that is far off. */
const certaintyAt = (gap: number) => (gap <= 20 ? 0.9 : gap <= 200 ? 0.85 : 0.7)

/**
 * Where a house number stands: between the numbers of the side whose parity it has; else on the side that has
 * such numbers; else at the nearest end, which it says. Undefined when no side has numbers.
 */
export function placeNumber(number: number, lines: readonly NumberedLine[]): OnLine | undefined {
  const sides = sidesOf(lines)
  const inside = sides.filter((side) => gap(side, number) === 0)
  const right = inside.find((side) => hasParity(side, number)) ?? inside[0]
  if (right) {
    const same = hasParity(right, number)
    return {
      ...pointAlong(right.on.line, shareOf(right, number)),
      note: same ? null : `${number} would be on the other side of the street.`,
      certainty: same ? 1 : 0.85,
      accuracy_m: Math.round(Math.max(10, lengthOf(right.on.line) * 0.15)),
    }
  }
  const byGap = sides.toSorted((a, b) => gap(a, number) - gap(b, number))
  const nearest = byGap.find((side) => hasParity(side, number) && gap(side, number) <= 20) ?? byGap[0]
  if (!nearest) return undefined
  const end = number < nearest.low ? nearest.low : nearest.high
  return {
    ...pointAlong(nearest.on.line, shareOf(nearest, end)),
    note: `No number ${number} is known on this street; the nearest is ${end}.`,
    certainty: certaintyAt(gap(nearest, number)),
    accuracy_m: Math.round(100 + Math.min(2_000, gap(nearest, number))),
  }
}

/** The middle of the hundred numbers from `first` on; undefined when no side has any of them. */
export function placeBlock(first: number, lines: readonly NumberedLine[]): OnLine | undefined {
  const within = lines.filter((line) =>
    sidesOf([line]).some((side) => side.low <= first + 99 && side.high >= first),
  )
  if (within.length === 0) return undefined
  const middles = within.map((one) => pointAlong(one.line, 0.5))
  const lengths = within.map((one) => lengthOf(one.line))
  const whole = lengths.reduce((sum, one) => sum + one, 0)
  const mean = (pick: (place: Position) => number) =>
    middles.reduce((sum, one, i) => sum + pick(one) * ((lengths[i] as number) / (whole || 1)), 0)
  const middle = { latitude: mean((one) => one.latitude), longitude: mean((one) => one.longitude) }
  // The mean of a bend is beside the street; a point on it is wanted.
  const nearest = middles.toSorted((a, b) => distance(a, middle) - distance(b, middle))[0] as Position
  const place = within.length < 2 || distance(nearest, middle) > 60 ? nearest : middle
  return { ...place, note: null, certainty: 1, accuracy_m: Math.max(20, Math.round(whole / 2)) }
}

/** The nearest point of a line to a place: the share of its length there, and the side the place is on. */
export function snap(line: NumberedLine['line'], place: Position) {
  const scale = Math.cos((place.latitude * Math.PI) / 180)
  let best = { metres: Number.POSITIVE_INFINITY, along: 0, side: 'left' as 'left' | 'right' }
  let before = 0
  for (let i = 1; i < line.length; i += 1) {
    const [from, to] = [at(line[i - 1]!), at(line[i]!)]
    const [dx, dy] = [(to.longitude - from.longitude) * scale, to.latitude - from.latitude]
    const [px, py] = [(place.longitude - from.longitude) * scale, place.latitude - from.latitude]
    const squared = dx * dx + dy * dy
    const part = squared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / squared))
    const on = {
      latitude: from.latitude + (to.latitude - from.latitude) * part,
      longitude: from.longitude + (to.longitude - from.longitude) * part,
    }
    const [metres, length] = [distance(on, place), distance(from, to)]
    if (metres < best.metres) {
      best = { metres, along: before + length * part, side: dx * py - dy * px > 0 ? 'left' : 'right' }
    }
    before += length
  }
  return { metres: best.metres, share: before === 0 ? 0 : best.along / before, side: best.side }
}

/** The house number at this share of the line on this side, of the side's parity; null where it has none. */
export function numberAt(on: NumberedLine, share: number, side: 'left' | 'right'): number | null {
  const [from, to] = side === 'left' ? [on.left_from, on.left_to] : [on.right_from, on.right_to]
  if (from === null || to === null || (from === 0 && to === 0)) return null
  const whole = from + (to - from) * share
  const step = from % 2 === to % 2 ? 2 : 1
  return from + Math.round((whole - from) / step) * step
}
