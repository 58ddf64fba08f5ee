import type { Segment } from '../../server/streets/segment.ts'
import type { Random } from '../random.ts'
import { type Atlas, crossOf, doorAt, nodePoint, pointAlong, portHalvard } from './atlas.ts'
import { type Point, toDegrees, toMetres } from './projection.ts'

export type Place = {
  /** What a caller says: `214 Kestrel Street, apartment 4B`. */
  address: string
  /** What the agent writes down: the address with its district. */
  written: string
  number: string
  street: string
  cross: string
  district: string
  landmark: string
  apartment?: string
} & Point

/**
 * A `home` may be a house or an apartment, a `shore` is a landmark at the water; outside there are no
 * numbers.
 */
export type PlaceKind =
  | 'home'
  | 'house'
  | 'apartment'
  | 'corner'
  | 'landmark'
  | 'shore'
  | 'highway'
  | 'trail'
  | 'water'

const doorLetters = 'ABCDEF'

/** Share of the people who are where they work, by the hour from midnight. */
const atWork = [
  ...[0.05, 0.04, 0.04, 0.04, 0.06, 0.12, 0.25, 0.42, 0.62, 0.7, 0.72, 0.74],
  ...[0.74, 0.73, 0.72, 0.7, 0.64, 0.55, 0.42, 0.34, 0.28, 0.22, 0.14, 0.08],
]

/** How much of the calls of an hour comes from each district: people are at home or where they work. */
export function districtWeights(atlas: Pick<Atlas, 'districts'>, hour: number): number[] {
  const share = atWork[Math.floor(hour) % 24]!
  const total = (of: 'homes' | 'work') => atlas.districts.reduce((sum, one) => sum + one[of], 0)
  const [homes, work] = [total('homes'), total('work')]
  return atlas.districts.map((one) => ((1 - share) * one.homes) / homes + (share * one.work) / work)
}

/** A place of the kind asked for, as likely as people are there at that hour of the day. */
export function choosePlace(random: Random, kind: PlaceKind, hour = 12, atlas = portHalvard()): Place {
  if (kind === 'highway' || kind === 'trail' || kind === 'water') return outside(random, kind)
  if (kind === 'landmark' || kind === 'shore') return publicPlace(random, kind, atlas)
  const segment = chooseSegment(random, atlas, hour)
  const base = about(segment, random, atlas)
  if (kind !== 'corner') return door(base, random, kind)
  const point = nodePoint(segment, base.node)
  const address = `${base.street} and ${base.cross}`
  return plain({ ...base, ...point, address, written: `${base.street} & ${base.cross}, ${base.district}` })
}

type Base = Place & { node: string }
const plain = ({ node: _, ...place }: Base): Place => place

function chooseSegment(random: Random, atlas: Atlas, hour: number): Segment {
  const district = atlas.districts[chooseBy(random, districtWeights(atlas, hour))]!
  const doors = atlas.doors.get(district.name)!
  for (;;) {
    const segment = random.pick(doors)
    if (crossOf(atlas, segment)) return segment
  }
}

/** A place in the list by its weight. */
export function chooseBy(random: Random, weights: readonly number[]): number {
  let rest = random.next() * weights.reduce((sum, one) => sum + one, 0)
  const at = weights.findIndex((one) => {
    rest -= one
    return rest < 0
  })
  return at < 0 ? weights.length - 1 : at
}

function about(segment: Segment, random: Random, atlas: Atlas): Base {
  const cross = crossOf(atlas, segment)!
  const isEnd = (node: string) => atlas.junctions.get(node)!.some(({ name }) => name === cross)
  const node = isEnd(segment.from_node) ? segment.from_node : segment.to_node
  const side = random.chance(0.5) ? segment.left! : segment.right!
  const number = side.from + 2 * random.int(0, (side.to - side.from) / 2)
  const near = atlas.places.find(({ name }) => name === `${segment.area} Library`)
  const base = { number: String(number), street: segment.name, cross, district: segment.area!, node }
  const address = `${number} ${segment.name}`
  const landmark = near?.name ?? `${segment.area} Library`
  return { ...base, landmark, address, written: `${address}, ${segment.area}`, ...doorAt(segment, number) }
}

function door(base: Base, random: Random, kind: PlaceKind): Place {
  const inside = kind === 'apartment' || (kind === 'home' && random.chance(0.4))
  if (!inside) return plain(base)
  const apartment = `${random.int(1, 9)}${doorLetters[random.int(0, 5)]}`
  const { address, district } = base
  const written = `${address} Apt ${apartment}, ${district}`
  return plain({ ...base, apartment, address: `${address}, apartment ${apartment}`, written })
}

function publicPlace(random: Random, kind: 'landmark' | 'shore', atlas: Atlas): Place {
  const open = atlas.landmarks.filter((one) => kind === 'landmark' || one.kind === 'shore')
  const { name, at } = random.pick(open)
  const [longitude, latitude] = at
  const base = about(nearestDoor(atlas, { latitude, longitude }), random, atlas)
  return plain({ ...base, landmark: name, written: `${name}, ${base.address}, ${base.district}` })
}

/** The segment with doors whose middle is nearest. */
export function nearestDoor(atlas: Atlas, point: Point): Segment {
  const [x, y] = toMetres(point)
  let [best, least] = [undefined as Segment | undefined, Number.POSITIVE_INFINITY]
  for (const doors of atlas.doors.values()) {
    for (const segment of doors) {
      const [longitude, latitude] = segment.line[segment.line.length >> 1]!
      const [east, north] = toMetres({ latitude, longitude })
      const metres = Math.hypot(east - x, north - y)
      if (metres < least && crossOf(atlas, segment)) [best, least] = [segment, metres]
    }
  }
  return best!
}

const seenFrom = {
  highway: ['the Route 9 rest area', 'the Saltmarsh overpass', 'the weigh station'],
  trail: ['Gannet Head Lighthouse', 'the Gannet Head trailhead', 'Skua Bluff'],
  water: ['the breakwater', 'Gannet Head', 'buoy number eight'],
} as const
const offshore = { highway: 0, trail: -90, water: -1_400 } as const

/** Where there are no addresses: Route 9 south along the coast, the trails beside it, the water off it. */
function outside(random: Random, kind: keyof typeof seenFrom): Place {
  const way = random.pick(['northbound', 'southbound'])
  const route = portHalvard().byStreet.get('Route 9')!
  const south = route.reduce((a, b) => (a.line[0]![1] < b.line[0]![1] ? a : b))
  const part = random.next() * 0.6
  const on = pointAlong(south.line, part, 0)
  const mile = 3 + Math.floor(part * 12)
  const [x, y] = toMetres(on)
  const landmark = random.pick(seenFrom[kind])
  const road = `Route 9 ${way}`
  const written = {
    highway: `${road}, mile ${mile}`,
    trail: `Trail near ${landmark}`,
    water: `Afloat off ${landmark}`,
  }
  return {
    address: `${road} at mile ${mile}`,
    written: written[kind],
    number: String(mile),
    street: road,
    cross: random.pick(['the Gannet Head exit', 'the weigh station', 'the Saltmarsh overpass']),
    district: 'Route 9',
    landmark,
    ...toDegrees([x + offshore[kind], y]),
  }
}
