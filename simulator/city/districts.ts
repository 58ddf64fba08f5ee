import type { Random } from '../random.ts'
import type { Ground } from './ground.ts'
import type { Xy } from './shape.ts'

/** How the streets of a district came about: laid out with a ruler, or along old ways. */
export type Style = 'centre' | 'grid' | 'suburb'

/** A piece of the city between two rings and two radials. Angles are radians from east, against the clock. */
export type District = {
  name: string
  ring: number
  from: number
  to: number
  style: Style
  /** Bearing of its streets, and metres between them along and across. */
  angle: number
  spacing: readonly [number, number]
  /** Metres by which its streets swing from side to side, and the length of a swing. */
  swing: number
  wave: number
  /** How many live there, and how many more are there by day, in arbitrary units. */
  homes: number
  work: number
  middle: Xy
}

/** Metres from the centre: the boulevard, the middle ring, the ring road, the end of the city. */
export const rings = [1_150, 2_750, 4_950, 8_500] as const
/** Sectors of each ring. */
export const sectors = [1, 5, 8, 12] as const

const names: readonly (readonly string[])[] = [
  ['Old Harbor'],
  ['Millrace', 'Customs Hill', 'Cannery Point', 'Ropewalk', 'Southbank'],
  [
    ...['University Hill', 'Gannet Heights', 'Fulmar Bay', 'Tidegate', 'Saltmarsh', 'Foundry Green'],
    ...['Eastbank', 'Collier Vale'],
  ],
  [
    ...['Alderholt', 'Northfield', 'Quarry Rise', 'Windrose', 'Outer Fulmar', 'Outer Tidegate'],
    ...['Gannet Head', 'Saltpan', 'Skua Bluff', 'Barley Cross', 'Weirside', 'Meadowgate'],
  ],
]

/** Where a radial leaves: sectors of the outer rings are turned so that not all radials meet. */
const turns = [0.35, 0.35, 0.72, 0.46] as const

const sectorWidth = (ring: number) => (2 * Math.PI) / sectors[ring]!

export function whichDistrict(districts: readonly District[], [x, y]: Xy): District | undefined {
  const radius = Math.hypot(x, y)
  const ring = rings.findIndex((edge) => radius < edge)
  if (ring < 0) return undefined
  const width = sectorWidth(ring)
  const turned = (((Math.atan2(y, x) - turns[ring]!) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI)
  const at = Math.min(sectors[ring]! - 1, Math.floor(turned / width))
  return districts.find((one) => one.ring === ring && one.from === turns[ring]! + at * width)
}

/** Districts that have land under them. */
export function layDistricts(random: Random, ground: Ground): District[] {
  return rings.flatMap((edge, ring) =>
    Array.from({ length: sectors[ring]! }, (_, at): District => {
      const width = sectorWidth(ring)
      const from = turns[ring]! + at * width
      const radius = ring === 0 ? 0 : (edge + rings[ring - 1]!) / 2
      const middle: Xy = [Math.cos(from + width / 2) * radius, Math.sin(from + width / 2) * radius]
      const style =
        ring === 0 ? 'centre' : ring === 3 || (ring === 2 && random.chance(0.35)) ? 'suburb' : 'grid'
      return {
        ...{ name: names[ring]![at]!, ring, from, to: from + width, style, middle },
        angle: ring === 0 ? 0.24 : from + width / 2 + (random.next() - 0.5) * 0.7,
        spacing: spacingOf(style, random),
        swing: style === 'suburb' ? 25 + random.next() * 45 : style === 'grid' ? random.next() * 12 : 0,
        wave: 700 + random.next() * 900,
        homes: [10, 16, 14, 9][ring]! * (0.7 + random.next() * 0.6),
        work: [34, 14, 7, 3][ring]! * (0.6 + random.next() * 0.8),
      }
    }).filter(({ middle }) => ground.fromSea(middle) > -1_000),
  )
}

function spacingOf(style: Style, random: Random): readonly [number, number] {
  if (style === 'centre') return [78, 104]
  if (style === 'grid') return [82 + random.int(0, 14), 108 + random.int(0, 34)]
  return [88 + random.int(0, 22), 118 + random.int(0, 50)]
}

/** The lines between districts: rings, then radials, each with a point every `step` metres. */
export function borders(step: number): { kind: 'ring' | 'radial'; ring: number; line: Xy[] }[] {
  const circles = rings.slice(0, 3).map((radius, ring) => {
    const count = Math.round((2 * Math.PI * radius) / step)
    const line = Array.from({ length: count + 1 }, (_, n): Xy => {
      const angle = Math.PI + (n / count) * 2 * Math.PI
      return [Math.cos(angle) * radius, Math.sin(angle) * radius]
    })
    return { kind: 'ring' as const, ring, line }
  })
  const spokes = [1, 2, 3].flatMap((ring) =>
    Array.from({ length: sectors[ring]! }, (_, at) => {
      const angle = turns[ring]! + at * sectorWidth(ring)
      const [inner, outer] = [rings[ring - 1]!, rings[ring]!]
      const count = Math.round((outer - inner) / step)
      const line = Array.from({ length: count + 1 }, (_, n): Xy => {
        const radius = inner + ((outer - inner) * n) / count
        return [Math.cos(angle) * radius, Math.sin(angle) * radius]
      })
      return { kind: 'radial' as const, ring, line }
    }),
  )
  return [...circles, ...spokes]
}

/** Metres to the nearest ring or radial that bounds the district a place lies in. */
export function toBorder({ ring, from, to }: District, [x, y]: Xy): number {
  const radius = Math.hypot(x, y)
  const angle = Math.atan2(y, x)
  const inner = ring === 0 ? Number.POSITIVE_INFINITY : radius - rings[ring - 1]!
  const outer = ring === 3 ? Number.POSITIVE_INFINITY : rings[ring]! - radius
  const side = (edge: number) => Math.abs(Math.sin(angle - edge)) * radius
  const spokes = ring === 0 ? Number.POSITIVE_INFINITY : Math.min(side(from), side(to))
  return Math.min(inner, outer, spokes)
}
