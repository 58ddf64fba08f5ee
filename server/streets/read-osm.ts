import { basename } from 'node:path'
import { growingColumn } from './growing.ts'
import { type OsmThing, type OsmWay, readOsmBlocks } from './osm-blocks.ts'
import {
  cornersOf,
  housesOf,
  interpolate,
  isHouse,
  isInterpolation,
  type NumberedNode,
  numberedNode,
} from './osm-houses.ts'
import { onewayOf, placeKindOf, roadClassOf, speedOf } from './osm-tags.ts'
import { lineFault, nameLimit, RoadFileFault, type RoadItem } from './road-item.ts'
import type { RoadClass } from './segment.ts'

/** Nodes of streets, places and buildings in one file: a country of middle size. */
const nodeLimit = 60_000_000
/** Nodes of lines of house numbers. */
const lineLimit = 5_000_000

/** Lets timers and streams have their turn between blocks. */
const breathe = () => new Promise<void>((next) => setImmediate(next))

const wayKind = ({ tags = {} }: OsmWay) => ({ road: roadClassOf(tags), place: placeKindOf(tags) })

/** The nodes that are needed: sorted ids, where each is, and whether streets meet there. */
function createNodes(ids: Float64Array, roadIds: Float64Array, lineIds: ReadonlySet<number>) {
  const sorted = ids.sort()
  let count = 0
  for (let at = 0; at < sorted.length; at += 1) {
    if (at > 0 && sorted[at] === sorted[at - 1]) continue
    sorted[count] = sorted[at]!
    count += 1
  }
  const own = sorted.slice(0, count)
  const indexOf = (id: number) => {
    let [low, high] = [0, count - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const one = own[middle]!
      if (one === id) return middle
      if (one < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }
  const uses = new Uint8Array(count)
  for (const id of roadIds) {
    const at = indexOf(id)
    uses[at] = Math.min(2, uses[at]! + 1)
  }
  const unknown = -0x8000_0000
  const longitudes = new Int32Array(count).fill(unknown)
  const latitudes = new Int32Array(count)
  return {
    /** House numbers of the nodes of lines of numbers. */
    numbered: new Map<number, NumberedNode>(),
    isOnLine: (id: number) => lineIds.has(id),
    isJunction: (id: number) => uses[indexOf(id)] === 2,
    place(id: number, longitude: number, latitude: number): void {
      const at = indexOf(id)
      if (at < 0) return
      longitudes[at] = Math.round(longitude * 1e7)
      latitudes[at] = Math.round(latitude * 1e7)
    },
    at(id: number): [number, number] | undefined {
      const at = indexOf(id)
      return at < 0 || longitudes[at] === unknown ? undefined : [longitudes[at]! / 1e7, latitudes[at]! / 1e7]
    },
  }
}
type Nodes = ReturnType<typeof createNodes>

async function findNodes(path: string): Promise<Nodes> {
  const ids = growingColumn(Float64Array)
  const roadIds = growingColumn(Float64Array)
  const lineIds = new Set<number>()
  for (const things of readOsmBlocks(path)) {
    for (const one of things) {
      if (one.type !== 'way') continue
      const { road, place } = wayKind(one)
      const isLine = isInterpolation(one.tags ?? {})
      if (road || place || isLine) for (const id of one.refs) ids.push(id)
      else if (isHouse(one.tags ?? {})) for (const id of cornersOf(one)) ids.push(id)
      for (const id of isLine ? one.refs : []) lineIds.add(id)
      for (const id of road ? one.refs : []) roadIds.push(id)
      // Both ends are junctions, also of a street that meets no other.
      if (road && one.refs.length > 0) for (const end of [0, -1]) roadIds.push(one.refs.at(end) as number)
      if (ids.length() > nodeLimit || lineIds.size > lineLimit) {
        throw new RoadFileFault(
          `${basename(path)} has more than ${nodeLimit} nodes of streets and buildings. Cut it smaller.`,
        )
      }
    }
    await breathe()
  }
  return createNodes(ids.done(), roadIds.done(), lineIds)
}

/** The way in pieces from junction to junction; pieces with a node that the file lacks are left out. */
function* splitWay(way: OsmWay, road: RoadClass, nodes: Nodes): Generator<RoadItem> {
  const { refs, tags = {} } = way
  const name = (tags.name ?? tags.ref ?? '').slice(0, nameLimit)
  const shared = { name, class: road, oneway: onewayOf(tags), speed_kmh: speedOf(tags) }
  let begin = 0
  for (let at = 1; at < refs.length; at += 1) {
    if (at < refs.length - 1 && !nodes.isJunction(refs[at]!)) continue
    const line = refs.slice(begin, at + 1).flatMap((id) => {
      const found = nodes.at(id)
      return found ? [found] : []
    })
    const ends = { from_node: String(refs[begin]), to_node: String(refs[at]) }
    if (line.length === at + 1 - begin && !lineFault(line)) {
      yield { segment: { id: `${way.id}/${begin}`, ...shared, line, ...ends } }
    }
    begin = at
  }
}

function placeOf(way: OsmWay, kind: string, nodes: Nodes): RoadItem | undefined {
  const found = way.refs.flatMap((id) => [nodes.at(id)].filter((one) => one !== undefined))
  if (found.length === 0) return undefined
  const mean = (at: 0 | 1) => found.reduce((sum, one) => sum + one[at], 0) / found.length
  const name = (way.tags?.name ?? '').slice(0, nameLimit)
  return { place: { name, kind, at: [mean(0), mean(1)] } }
}

function* itemsOf(one: OsmThing, nodes: Nodes): Generator<RoadItem> {
  if (one.type === 'relation') return
  if (one.type === 'node') {
    if (one.tags && isHouse(one.tags)) yield* housesOf(one.tags, [one.lon, one.lat])
    const kind = one.tags && placeKindOf(one.tags)
    const name = one.tags?.name?.slice(0, nameLimit)
    if (kind && name) yield { place: { name, kind, at: [one.lon, one.lat] } }
    return
  }
  const { road, place } = wayKind(one)
  if (road) yield* splitWay(one, road, nodes)
  const named = place && placeOf(one, place, nodes)
  if (named) yield named
  const { tags = {} } = one
  if (isInterpolation(tags)) yield* interpolate(one, nodes.at, nodes.numbered)
  else if (isHouse(tags)) {
    const [a, b] = cornersOf(one).map(nodes.at)
    if (a && b) yield* housesOf(tags, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])
  }
}

/**
 * OpenStreetMap's .osm.pbf, read twice: which nodes streets and houses use, then where they are, the streets
 * and the houses. Keeps 20 bytes for each such node. Nodes come before ways, as every usual program writes
 * them.
 */
export async function* readOsm(path: string): AsyncGenerator<RoadItem> {
  const nodes = await findNodes(path)
  let hasWays = false
  for (const things of readOsmBlocks(path)) {
    for (const one of things) {
      if (one.type === 'node') {
        if (hasWays) throw new RoadFileFault(`${basename(path)} is not sorted: run "osmium sort" on it.`)
        nodes.place(one.id, one.lon, one.lat)
        const known = nodes.isOnLine(one.id) ? numberedNode(one) : undefined
        if (known) nodes.numbered.set(one.id, known)
      } else hasWays = true
      yield* itemsOf(one, nodes)
    }
    await breathe()
  }
}
