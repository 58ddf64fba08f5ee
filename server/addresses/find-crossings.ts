import { distance, type Position } from '../lib/geo.ts'
import { type Lookups, type Of, streetsLookedInto, withArea } from './lookups.ts'
import type { Match, NameIndex } from './name-index.ts'
import type { Candidate } from './rules-rank.ts'
import type { StreetName } from './rules-words.ts'
import type { CrossingRow } from './store.ts'

/** Nodes of one junction, such as the four of two divided roads, lie within so many metres. */
const junctionMetres = 80

type Junction = Position & { count: number }

function join(points: readonly Position[]): Junction[] {
  const junctions: Junction[] = []
  for (const { latitude, longitude } of points) {
    const near = junctions.find((one) => distance(one, { latitude, longitude }) < junctionMetres)
    if (!near) {
      junctions.push({ latitude, longitude, count: 1 })
      continue
    }
    near.count += 1
    near.latitude += (latitude - near.latitude) / near.count
    near.longitude += (longitude - near.longitude) / near.count
  }
  return junctions
}

/** Streets that pass each other this near are taken to cross, as where one is drawn a little short. */
const nearlyMetres = 120

/** Where the junctions of two streets come nearest to each other; undefined when that is not near. */
function nearestApproach(some: readonly CrossingRow[], others: readonly CrossingRow[]): Position | undefined {
  let best: { metres: number; place: Position } | undefined
  for (const one of some) {
    for (const other of others) {
      const metres = distance(one, other)
      if (metres > (best?.metres ?? nearlyMetres)) continue
      const latitude = (one.latitude + other.latitude) / 2
      best = { metres, place: { latitude, longitude: (one.longitude + other.longitude) / 2 } }
    }
  }
  return best?.place
}

type Pair = { first: Match; second: Match; points: Position[] }

function pairUp(rows: readonly CrossingRow[], firsts: readonly Match[], seconds: readonly Match[]): Pair[] {
  const pairs = new Map<string, Pair>()
  for (const { street_ids, ...point } of rows) {
    for (const first of firsts) {
      if (!street_ids.includes(first.entry.id)) continue
      for (const second of seconds) {
        if (second.entry.id === first.entry.id || !street_ids.includes(second.entry.id)) continue
        const key = `${first.entry.id} ${second.entry.id}`
        const pair = pairs.get(key) ?? { first, second, points: [] }
        pair.points.push(point)
        pairs.set(key, pair)
      }
    }
  }
  return [...pairs.values()]
}

/** Where the streets of the reading meet, each such place. */
export async function findCrossing(
  index: NameIndex,
  ask: Lookups,
  { streets: [one, other], weight }: Of<'crossing'>,
): Promise<Candidate[]> {
  const look = (name: StreetName, isOpen: boolean, among?: ReadonlySet<number>) =>
    index.search(name, { only: 'streets', isOpen, among, limit: streetsLookedInto })
  const [firsts, seconds] = [look(one, false), look(other, true)]
  const ids = (matches: readonly Match[]) => matches.map(({ entry }) => entry.id)
  const both = firsts.length > 0 && seconds.length > 0
  let pairs = both ? pairUp(await ask.crossings(ids(firsts), ids(seconds)), firsts, seconds) : []
  // A name that many streets have, or is hardly begun: only those that cross the other one count.
  for (const [known, name, isOpen] of [
    [firsts, other, true],
    [seconds, one, false],
  ] as const) {
    if (pairs.length > 0 || known.length === 0) continue
    const best = known.slice(0, 3)
    const rows = await ask.crossings(ids(best))
    const among = new Set(rows.flatMap(({ street_ids }) => street_ids))
    pairs = pairUp(rows, best, look(name, isOpen, among))
  }
  const [first, second] = [firsts[0], seconds[0]]
  if (pairs.length === 0 && first && second && first.entry.id !== second.entry.id) {
    const rows = await Promise.all([ask.crossings([first.entry.id]), ask.crossings([second.entry.id])])
    const place = nearestApproach(rows[0], rows[1])
    return place ? [describe({ first, second, points: [] }, place, weight, true)] : []
  }
  return pairs.flatMap((pair) => join(pair.points).map((place) => describe(pair, place, weight, false)))
}

/** A corner of a pair of streets; `isNear` when they only come near each other there. */
function describe({ first, second }: Pair, place: Position, weight: number, isNear: boolean): Candidate {
  const { area } = first.entry
  return {
    latitude: place.latitude,
    longitude: place.longitude,
    kind: 'intersection',
    label: withArea(`${first.entry.name} & ${second.entry.name}`, area),
    area,
    accuracy_m: isNear ? nearlyMetres : 15,
    note: isNear ? 'The streets do not meet; this is where they come nearest.' : null,
    score: Math.sqrt(first.score * second.score) * weight * (isNear ? 0.8 : 1),
  }
}
