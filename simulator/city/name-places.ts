import type { NamedPlace, Segment } from '../../server/streets/segment.ts'
import type { Random } from '../random.ts'
import type { Edge } from './arrange.ts'
import type { District } from './districts.ts'
import type { Ground } from './ground.ts'
import { toDegrees } from './projection.ts'
import { gap, type Xy } from './shape.ts'
import { bridgeNames } from './words.ts'

type Drawn = {
  edges: readonly Edge[]
  segments: readonly Segment[]
  /** Which edges lead over water. */
  wet: readonly boolean[]
  ground: Ground
  districts: readonly District[]
  random: Random
}

/** A public place, what it is and its district. Those at the shore stand where the district meets the sea. */
const known: readonly (readonly [name: string, kind: string, district: string])[] = [
  ['Harbor Ferry Terminal', 'shore', 'Cannery Point'],
  ['Ropewalk Market Hall', 'market', 'Ropewalk'],
  ['City Hall', 'civic', 'Old Harbor'],
  ['Central Station', 'station', 'Old Harbor'],
  ['Halvard Opera House', 'theatre', 'Customs Hill'],
  ['Saltmarsh Boat Ramp', 'shore', 'Saltmarsh'],
  ['Saltmarsh Community Center', 'civic', 'Saltmarsh'],
  ['Gannet Heights Stadium', 'stadium', 'Gannet Heights'],
  ['Weir Street Gym', 'sport', 'Millrace'],
  ['Millrace Shopping Center', 'mall', 'Millrace'],
  ['Eastbank Middle School', 'school', 'Eastbank'],
  ['Eastbank Tram Depot', 'works', 'Eastbank'],
  ['Cannery Pier', 'shore', 'Tidegate'],
  ['Icehouse Brewery', 'works', 'Tidegate'],
  ['Northfield Garden Center', 'mall', 'Northfield'],
  ['Halvard University Main Hall', 'university', 'University Hill'],
  ['Fulmar Bay Beach', 'shore', 'Fulmar Bay'],
  ['Ring Road Mall', 'mall', 'Weirside'],
  ['Meadowgate High School', 'school', 'Meadowgate'],
  ['Southbank Concert Hall', 'theatre', 'Southbank'],
  ['Foundry Green Works', 'works', 'Foundry Green'],
  ['Gannet Head Lighthouse', 'shore', 'Gannet Head'],
  ['Skua Bluff Retirement Home', 'home', 'Skua Bluff'],
  ['Barley Cross Care Home', 'home', 'Barley Cross'],
  ['Alderholt Nursing Home', 'home', 'Alderholt'],
]

/** What people go by, each at a door or a corner of the city, and the bridges. */
export function namePlaces(drawn: Drawn): { places: NamedPlace[]; bridges: Map<string, string[]> } {
  const { ground, districts, random, segments, edges } = drawn
  const doors = edges.flatMap(({ line }, at) =>
    segments[at]!.left ? [{ at, middle: line[line.length >> 1]! }] : [],
  )
  const nearest = (wanted: Xy) =>
    doors.reduce((best, one) => (gap(one.middle, wanted) < gap(best.middle, wanted) ? one : best))
  const place = (name: string, kind: string, plan: Xy): NamedPlace => {
    const { latitude, longitude } = toDegrees(ground.bend(plan))
    return { name, kind, at: [longitude, latitude] }
  }
  const around = ([x, y]: Xy): Xy => [x + random.int(-500, 500), y + random.int(-500, 500)]
  const famous = known.flatMap(([name, kind, district]) => {
    const middle = districts.find((one) => one.name === district)?.middle
    if (!middle) return []
    const wanted: Xy = kind === 'shore' ? [ground.coastX(middle[1]), middle[1]] : around(middle)
    return [place(name, kind, nearest(wanted).middle)]
  })
  const parks = ground.parks.map(({ name, at }) => place(name, 'park', at))
  const schools = districts.flatMap(({ name, middle }) => [
    place(`${name} Elementary School`, 'school', nearest(around(middle)).middle),
    place(`${name} Library`, 'library', nearest(around(middle)).middle),
  ])
  const bridges = findBridges(drawn)
  const spans = [...bridges].map(([name, ids]) => {
    const one = segments.find(({ id }) => id === ids[0])!
    return { name, kind: 'bridge', at: one.line[one.line.length >> 1]! }
  })
  return { places: [...famous, ...parks, ...schools, ...spans], bridges }
}

/** Edges over the river that hang together: each such is a bridge. */
function findBridges({ edges, segments, wet }: Drawn): Map<string, string[]> {
  const spans: { ids: string[]; nodes: Set<number>; east: number }[] = []
  for (const [at, { from, to, line }] of edges.entries()) {
    if (!wet[at]) continue
    const joined = spans.find(({ nodes }) => nodes.has(from) || nodes.has(to))
    if (joined) {
      joined.ids.push(segments[at]!.id)
      joined.nodes.add(from).add(to)
    } else spans.push({ ids: [segments[at]!.id], nodes: new Set([from, to]), east: line[0]![0] })
  }
  const fromMouth = spans.sort((a, b) => a.east - b.east)
  return new Map(fromMouth.map(({ ids }, n) => [bridgeNames[n] ?? `Bridge ${n + 1}`, ids]))
}
