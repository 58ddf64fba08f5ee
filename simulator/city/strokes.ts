import type { RoadClass } from '../../server/streets/segment.ts'
import type { Random } from '../random.ts'
import { borders, type District, toBorder, whichDistrict } from './districts.ts'
import { type Ground, sampled } from './ground.ts'
import { beside, gap, type Xy } from './shape.ts'

/** One road from end to end before it is cut at its junctions. */
export type Stroke = {
  line: readonly Xy[]
  class: RoadClass
  /** What it is, where that decides its name. */
  role: 'ring' | 'radial' | 'river' | 'coast' | 'route' | 'local'
  /** Which of its role it is, so that pieces of one road get one name. */
  number: number
  district?: string
  /** Of a district's own streets: 0 along its bearing, 1 across. */
  way?: 0 | 1
  oneway: 'no' | 'forward' | 'backward'
}

/** Metres between points of a line. */
const step = 45
/** Metres from the water's edge to the roads along it. */
export const bank = { river: 55, coast: 110 } as const

const ringClasses = ['secondary', 'primary', 'trunk'] as const
/** Rings, radials, the roads along the water and those out of the city, where there is land or a bridge. */
export function mainRoads(ground: Ground): Stroke[] {
  const roads = borders(step).map(({ kind, ring, line }, number): Stroke => {
    const radial = ring === 1 ? 'primary' : number % 2 === 0 ? 'primary' : 'secondary'
    return { line, class: kind === 'ring' ? ringClasses[ring]! : radial, role: kind, number, oneway: 'no' }
  })
  const course = sampled(ground.river, step)
  const side = (left: number) => (at: number) =>
    left * (ground.halfWidth(course[Math.round(at * (course.length - 1))]!) + bank.river)
  const banks = [1, -1].map(
    (left, number): Stroke => ({
      line: beside(course, side(left)).filter((point) => Math.hypot(...point) < 7_600),
      ...{ class: 'tertiary', role: 'river', number, oneway: 'no' },
    }),
  )
  const shore = Array.from({ length: 420 }, (_, n): Xy => {
    const y = 8_600 - n * step
    return [ground.coastX(y) + bank.coast, y]
  })
  const coast = shore.filter(([, y]) => y > -8_300)
  const [northEnd, southEnd] = [coast[0]!, coast.at(-1)!]
  const eastEnd = roads
    .filter(({ role }) => role === 'radial')
    .at(-1)!
    .line.at(-1)!
  const away = ([x, y]: Xy, count: number, [dx, dy]: Xy) =>
    Array.from({ length: count }, (_, n): Xy => [x + n * dx, y + n * dy])
  const route = away(northEnd, 26, [12, 160]).reverse()
  const south = away(southEnd, 120, [22, -110])
  const east = away(eastEnd, 40, [120, 18])
  const long = (line: Xy[], number: number): Stroke => ({
    ...{ line, number, class: 'trunk', role: 'route', oneway: 'no' },
  })
  const all: Stroke[] = [
    ...roads,
    ...banks,
    { line: coast, class: 'secondary', role: 'coast', number: 0, oneway: 'no' },
    ...[long(route, 9), long(south, 9), long(east, 22)],
  ]
  return all.flatMap((road) => onLand(road, ground))
}

/** A main road crosses the river by a bridge and ends at the sea. */
function onLand(road: Stroke, ground: Ground): Stroke[] {
  if (road.role === 'route' || road.role === 'coast') {
    const isMouth = (point: Xy) => ground.fromRiver(point) < 10
    return road.role === 'route'
      ? [road]
      : runs(road.line, (point) => !isMouth(point)).map((line) => ({ ...road, line }))
  }
  const least = road.role === 'river' ? bank.coast : bank.coast - 8
  const dry = runs(road.line, (point) => {
    if (ground.fromSea(point) < least) return false
    return road.role !== 'river' || ground.fromRiver(point) > bank.river * 0.6
  })
  return dry.map((line) => ({ ...road, line }))
}

/** The stretches of a line whose points all are as asked, of three points and more. */
export function runs(line: readonly Xy[], fits: (point: Xy, at: number) => boolean): Xy[][] {
  const found: Xy[][] = []
  let run: Xy[] = []
  for (const [at, point] of line.entries()) {
    if (fits(point, at)) run.push(point)
    else {
      if (run.length > 2) found.push(run)
      run = []
    }
  }
  if (run.length > 2) found.push(run)
  return found
}

/** The lines of a district's own streets: along its bearing and across it, cut at its borders. */
export function localStreets(
  district: District,
  districts: readonly District[],
  ground: Ground,
  random: Random,
) {
  const strokes: Stroke[] = []
  const reach = district.ring === 3 ? 3_600 : 2_400
  for (const way of [0, 1] as const) {
    const apart = district.spacing[way]
    const angle = district.angle + (way * Math.PI) / 2
    const phase = random.next() * 6.3
    const lines = Math.ceil((2 * reach) / apart)
    for (let n = 0; n <= lines; n++) {
      const offset =
        n * apart - reach + (random.next() - 0.5) * apart * (district.style === 'centre' ? 0.06 : 0.24)
      const points = swinging(district, angle, offset, reach, phase)
      const isMine = (point: Xy) => fits(point, district, districts, ground)
      for (const run of runs(points, isMine)) {
        const line = stretched(apartFromBorders(run, district), points, district)
        if (line.length < 3) continue
        const isMain = n % 5 === 2 && district.style !== 'centre'
        const lone = district.style === 'centre' && n % 4 !== 0
        strokes.push({
          ...{ line, role: 'local', number: n, way, district: district.name },
          class: isMain
            ? 'tertiary'
            : n % 11 === 7 && district.style === 'suburb'
              ? 'unclassified'
              : 'residential',
          oneway: lone ? (n % 2 === 0 ? 'forward' : 'backward') : 'no',
        })
      }
    }
  }
  return strokes
}

function swinging(
  { middle, swing, wave }: District,
  angle: number,
  offset: number,
  reach: number,
  phase: number,
): Xy[] {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  const count = Math.ceil((2 * reach) / step)
  return Array.from({ length: count + 1 }, (_, n): Xy => {
    const along = n * step - reach
    const side = offset + swing * Math.sin((along / wave) * 2 * Math.PI + phase)
    return [middle[0] + along * ux - side * uy, middle[1] + along * uy + side * ux]
  })
}

function fits(point: Xy, district: District, districts: readonly District[], ground: Ground): boolean {
  if (whichDistrict(districts, point) !== district) return false
  if (ground.fromSea(point) < bank.coast) return false
  if (ground.fromRiver(point) < bank.river || !ground.isBuilt(point)) return false
  return !ground.parks.some(({ at, radius }) => gap(at, point) < radius)
}

/** A street does not run for long beside a main road. */
function apartFromBorders(run: readonly Xy[], district: District): Xy[] {
  const near = run.map((point) => toBorder(district, point) < 38)
  const first = near.findIndex((one) => !one)
  const last = near.findLastIndex((one) => !one)
  if (first < 0) return []
  return run.slice(first > 2 ? first : 0, run.length - last > 3 ? last + 1 : run.length)
}

/** A line drawn a point further at both ends, so that it meets the road at which it ends. */
function stretched(run: readonly Xy[], points: readonly Xy[], district: District): Xy[] {
  const [first, last] = [run[0], run.at(-1)]
  if (!first || !last || run.length < 3) return []
  const [before, after] = [points[points.indexOf(first) - 1], points[points.indexOf(last) + 1]]
  const near = (point: Xy) => district.ring < 3 || Math.hypot(...point) < 8_400
  const front = before && near(first) ? [before] : []
  return [...front, ...run, ...(after && near(last) ? [after] : [])]
}
