import type { Random } from '../random.ts'
import { gap, makeNoise, mix, rounded, toPiece, type Xy } from './shape.ts'

/** Where land is and where water, before the plan is bent. Distances are metres, negative in the water. */
export type Ground = {
  river: readonly Xy[]
  /** Half the river's width at a place of its line. */
  halfWidth: (point: Xy) => number
  coastX: (y: number) => number
  fromRiver: (point: Xy) => number
  fromSea: (point: Xy) => number
  parks: readonly { at: Xy; radius: number; name: string }[]
  /** Whether the city has grown so far out. */
  isBuilt: (point: Xy) => boolean
  /** Bends the plan: what is straight in it becomes what hills and history made of it. */
  bend: (point: Xy) => Xy
}

/** The river's course, from the hills to the harbour. */
const course: readonly Xy[] = [
  [13_000, 5_600],
  [10_200, 4_300],
  [8_000, 4_300],
  [6_300, 2_500],
  [4_700, 1_900],
  [3_600, 300],
  [2_100, -300],
  [900, -1_250],
  [-500, -1_150],
  [-1_700, -1_750],
  [-2_900, -1_700],
  [-4_600, -2_000],
]

const parkNames = [
  'Collier Park',
  'Meridian Gardens',
  'Fulmar Common',
  'Larkfield',
  'Sluice Meadows',
] as const
const parkPlaces: readonly (readonly [Xy, number])[] = [
  [[-350, 1_750], 420],
  [[3_300, 2_700], 520],
  [[1_900, -3_300], 480],
  [[-1_700, 5_000], 560],
  [[5_200, -1_700], 620],
]

export function layGround(random: Random): Ground {
  const jitter = (metres: number) => (random.next() * 2 - 1) * metres
  const river = rounded(
    course.map(([x, y], at): Xy => (at > 8 ? [x, y] : [x + jitter(250), y + jitter(250)])),
    3,
  )
  const noise = [makeNoise(random), makeNoise(random), makeNoise(random)] as const
  const coastX = (y: number) => {
    // The bay into which the river runs, and a head south of it.
    const bay = 900 * Math.exp(-(((y + 1_300) / 1_500) ** 2))
    const head = -1_500 * Math.exp(-(((y + 4_800) / 1_100) ** 2))
    return -3_500 + bay + head + 650 * noise[0](y / 2_600, 0.3) + 160 * noise[0](y / 700, 7.3)
  }
  const halfWidth = ([x]: Xy) => 38 + 55 * Math.max(0, Math.min(1, (3_000 - x) / 5_500))
  return {
    river,
    halfWidth,
    coastX,
    fromSea: ([x, y]) => x - coastX(y),
    fromRiver: (point) => nearest(point, river) - halfWidth(point),
    parks: parkPlaces.map(([[x, y], radius], at) => ({
      at: [x + jitter(200), y + jitter(200)],
      radius: radius * (0.85 + random.next() * 0.3),
      name: parkNames[at]!,
    })),
    isBuilt: ([x, y]) => {
      const radius = Math.hypot(x, y)
      const growth = 1_100 * noise[0](x / 1_500 + 20, y / 1_500 + 20)
      const field = noise[0](x / 900 + 40, y / 900 + 40) > 0.42
      return radius < 7_500 + growth && !(field && radius > 5_900)
    },
    bend: ([x, y]) => [
      x + 260 * noise[1](x / 2_900 + 9, y / 2_900) + 45 * noise[1](x / 800, y / 800 + 5),
      y + 260 * noise[2](x / 2_900, y / 2_900 + 4) + 45 * noise[2](x / 800 + 8, y / 800),
    ],
  }
}

function nearest(point: Xy, line: readonly Xy[]): number {
  let least = Number.POSITIVE_INFINITY
  for (let at = 1; at < line.length; at++) {
    const [a, b] = [line[at - 1]!, line[at]!]
    if (Math.abs(point[0] - a[0]) - least > 900 && Math.abs(point[1] - a[1]) - least > 900) continue
    least = Math.min(least, toPiece(point, a, b))
  }
  return least
}

/** A line with a point every so many metres. */
export function sampled(line: readonly Xy[], step: number): Xy[] {
  const points: Xy[] = [line[0]!]
  for (let at = 1; at < line.length; at++) {
    const [a, b] = [line[at - 1]!, line[at]!]
    const parts = Math.max(1, Math.round(gap(a, b) / step))
    for (let n = 1; n <= parts; n++) points.push(mix(a, b, n / parts))
  }
  return points
}
