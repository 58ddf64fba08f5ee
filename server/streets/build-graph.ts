import { lengthOf } from '../lib/geo-lines.ts'
import { type Arcs, largestComponent } from './components.ts'
import type { Graph, GraphAbout } from './graph-file.ts'
import { growingColumn, growingTexts } from './growing.ts'
import { RoadFault } from './road-fault.ts'
import { roadClasses, type Segment } from './segment.ts'

/** Roads of a whole country of middle size; more is told to the person who imports them. */
export const segmentLimit = 2_000_000

/** What is wrong with the roads that are read, in a sentence for people. */
export class StreetsFault extends RoadFault {}

const waysOf = { no: 3, forward: 1, backward: 2 } as const
const e7 = (degrees: number) => Math.round(degrees * 1e7)

function columns() {
  return {
    points: growingColumn(Int32Array),
    pointStart: growingColumn(Uint32Array),
    from: growingColumn(Uint32Array),
    to: growingColumn(Uint32Array),
    kind: growingColumn(Uint8Array),
    ways: growingColumn(Uint8Array),
    speed: growingColumn(Uint8Array),
    metres: growingColumn(Float32Array),
    name: growingColumn(Uint32Array),
    /** Longitude and latitude of each junction in 1e-7 degrees. */
    places: growingColumn(Int32Array),
  }
}

/** Arcs by the junction they leave, or with `against` by the one they come to; only those that `may`. */
function sortArcs(
  nodes: number,
  { from, to, ways }: { from: Uint32Array; to: Uint32Array; ways: Uint8Array },
  against: boolean,
  may: (segment: number) => boolean,
) {
  const start = new Uint32Array(nodes + 1)
  const each = (visit: (node: number, arc: number) => void) => {
    for (let at = 0; at < from.length; at += 1) {
      if (!may(at)) continue
      if (ways[at]! & 1) visit(against ? to[at]! : from[at]!, at * 2)
      if (ways[at]! & 2) visit(against ? from[at]! : to[at]!, at * 2 + 1)
    }
  }
  each((node) => {
    start[node + 1] = start[node + 1]! + 1
  })
  for (let node = 0; node < nodes; node += 1) start[node + 1] = start[node + 1]! + start[node]!
  const next = start.slice()
  const arcs = new Uint32Array(start[nodes]!)
  each((node, arc) => {
    arcs[next[node]!] = arc
    next[node] = next[node]! + 1
  })
  return { start, arcs }
}

/** Bits of two numbers in turn, so that near places have near keys (Morton order). */
function mortonKey(longitude: number, latitude: number): number {
  const spread = (value: number) => {
    let bits = value & 0xffff
    bits = (bits | (bits << 8)) & 0x00ff00ff
    bits = (bits | (bits << 4)) & 0x0f0f0f0f
    bits = (bits | (bits << 2)) & 0x33333333
    return (bits | (bits << 1)) & 0x55555555
  }
  return (spread(longitude) | (spread(latitude) << 1)) >>> 0
}

/** New numbers of the junctions: the core first, and what is near on the ground near in memory. */
function renumber(places: Int32Array, core: Uint8Array) {
  const count = core.length
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at < count; at += 1) {
    ;[west, east] = [Math.min(west, places[at * 2]!), Math.max(east, places[at * 2]!)]
    ;[south, north] = [Math.min(south, places[at * 2 + 1]!), Math.max(north, places[at * 2 + 1]!)]
  }
  const scale = 65_535 / Math.max(1, east - west, north - south)
  const keys = new Float64Array(count)
  for (let at = 0; at < count; at += 1) {
    const key = mortonKey((places[at * 2]! - west) * scale, (places[at * 2 + 1]! - south) * scale)
    keys[at] = core[at] ? key : key + 2 ** 32
  }
  const order = Uint32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]! || a - b)
  const numbers = new Uint32Array(count)
  order.forEach((old, fresh) => {
    numbers[old] = fresh
  })
  return numbers
}

type Columns = ReturnType<typeof columns>
type Texts = ReturnType<typeof growingTexts>

/** Numbers for texts in the order they first come; `first` is called once for each. */
function numberer(first: (text: string) => void) {
  const numbers = new Map<string, number>()
  return {
    of(text: string, isNew: () => void = () => {}): number {
      const known = numbers.get(text)
      if (known !== undefined) return known
      first(text)
      isNew()
      numbers.set(text, numbers.size)
      return numbers.size - 1
    },
    count: () => numbers.size,
  }
}

/** The graph of what was taken. */
function toGraph(
  { places, ...byName }: Columns,
  nodes: number,
  { names, ids }: { names: Texts; ids: Texts },
  told: Pick<GraphAbout, 'made_at' | 'sources' | 'attribution'>,
): Graph {
  const done = Object.fromEntries(
    Object.entries(byName).map(([name, column]) => [name, column.done()]),
  ) as Omit<Graph, 'about'>
  const isCore = largestComponent(headsOf(nodes, done))
  const numbers = renumber(places.done(), isCore)
  done.core = Uint8Array.from(done.from, (from, at) => isCore[from]! & isCore[done.to[at]!]!)
  done.from = done.from.map((node) => numbers[node]!)
  done.to = done.to.map((node) => numbers[node]!)
  const core_nodes = isCore.reduce((sum, one) => sum + one, 0)
  const may = (segment: number) => done.core[segment] === 1
  const out = sortArcs(core_nodes, done, false, may)
  const into = sortArcs(core_nodes, done, true, may)
  const core_segments = done.core.reduce((sum, one) => sum + one, 0)
  return {
    ...done,
    about: { ...told, segments: done.from.length, nodes, core_segments, core_nodes },
    ...{ nameBytes: names.bytes(), nameStart: names.starts(), idBytes: ids.bytes(), idStart: ids.starts() },
    ...{ outStart: out.start, outArc: out.arcs, inStart: into.start, inArc: into.arcs },
  }
}

/** Takes segments one by one and makes a graph of them; keeps columns only, no objects. */
export function createGraphBuilder() {
  const all = columns()
  const [ids, names] = [growingTexts(), growingTexts()]
  const nameNumbers = numberer(names.push)
  const nodes = numberer(() => {})
  const nodeOf = (name: string, [longitude, latitude]: readonly [number, number]) =>
    nodes.of(name, () => {
      all.places.push(e7(longitude))
      all.places.push(e7(latitude))
    })
  return {
    add({ line, ...segment }: Segment): void {
      if (all.from.length() === segmentLimit) {
        throw new StreetsFault(`There are more than ${segmentLimit.toLocaleString('en')} pieces of street.`)
      }
      all.pointStart.push(all.points.length() / 2)
      for (const [longitude, latitude] of line) {
        all.points.push(e7(longitude))
        all.points.push(e7(latitude))
      }
      all.from.push(nodeOf(segment.from_node, line[0]!))
      all.to.push(nodeOf(segment.to_node, line.at(-1)!))
      all.kind.push(roadClasses.indexOf(segment.class))
      all.ways.push(waysOf[segment.oneway])
      all.speed.push(Math.min(255, Math.round(segment.speed_kmh ?? 0)))
      all.metres.push(lengthOf(line))
      all.name.push(nameNumbers.of(segment.name))
      ids.push(segment.id)
    },
    /** The graph of what was added; nothing can be added any more. */
    finish(told: Pick<GraphAbout, 'made_at' | 'sources' | 'attribution'>): Graph {
      if (all.from.length() === 0) throw new StreetsFault('There is no street in the files.')
      all.pointStart.push(all.points.length() / 2)
      return toGraph(all, nodes.count(), { names, ids }, told)
    },
  }
}

/** Where the arcs out of each junction lead. */
function headsOf(count: number, graph: Pick<Graph, 'from' | 'to' | 'ways'>): Arcs {
  const { start, arcs } = sortArcs(count, graph, false, () => true)
  return { start, to: arcs.map((arc) => (arc & 1 ? graph.from : graph.to)[arc >> 1]!) }
}
