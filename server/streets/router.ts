import type { Position, Profile } from '../lib/geo.ts'
import { type Barrier, type Direction, partsOf, shareBetween } from './ends.ts'
import type { Graph } from './graph-file.ts'
import { rememberSnaps } from './remembered-snaps.ts'
import { createSearch, type SearchArcs } from './search.ts'
import { offRoadSpeed, speedOf } from './speeds.ts'
import { createStreetGrid, type Snap } from './street-grid.ts'
import { type Arrival, traceRoute } from './trace-route.ts'

export type Question = {
  one: Position
  direction: Direction
  profile: Profile
  /** What free drive times are multiplied by at this hour. */
  slowdown: number
}
/** Place by place; NaN off the map, Infinity where no way within the bound leads there. */
export type Drives = { seconds: Float64Array; metres: Float64Array }
export type Route = { seconds: number; metres: number; line: [number, number][] }

/** Seconds: what is farther is looked at as too far to be sent. */
export const driveBound = 1_800

function toSearch({ from, to }: Graph, start: Uint32Array, arcs: Uint32Array, against: boolean): SearchArcs {
  const node = arcs.map((arc) => ((arc & 1) === Number(against) ? to : from)[arc >> 1]!)
  return { start, node, segment: arcs.map((arc) => arc >> 1) }
}

/** Seconds along each segment. */
function weigh({ about, kind, speed, metres }: Graph, profile: Profile): Float32Array {
  const seconds = new Float32Array(about.segments)
  for (let at = 0; at < seconds.length; at += 1) {
    seconds[at] = metres[at]! / speedOf(kind[at]!, speed[at]!, profile)
  }
  return seconds
}

function prepare(graph: Graph) {
  const grid = createStreetGrid(graph)
  return {
    graph,
    grid,
    search: createSearch(graph.about.core_nodes),
    seconds: { siren: weigh(graph, 'siren'), normal: weigh(graph, 'normal') },
    arcs: {
      from: toSearch(graph, graph.outStart, graph.outArc, false),
      to: toSearch(graph, graph.inStart, graph.inArc, true),
    },
    snapAgain: rememberSnaps(grid.snap),
    closed: undefined as Uint8Array | undefined,
    barriers: new Map<number, Barrier>(),
  }
}
type Engine = ReturnType<typeof prepare>

/** Searches from one place until the ways to all goals are known. */
function begin(engine: Engine, snap: Snap, goals: readonly (Snap | undefined)[], question: Question): void {
  const { graph, search, seconds, arcs, closed, barriers } = engine
  const { direction, profile, slowdown } = question
  const length = graph.metres[snap.segment]!
  const time = seconds[profile][snap.segment]!
  const seeds = partsOf(graph, snap, direction, true, barriers.get(snap.segment)).map(({ node, share }) => ({
    node,
    seconds: share * time,
    metres: share * length,
  }))
  const weights = { seconds: seconds[profile], metres: graph.metres }
  const asked: number[] = []
  for (const goal of goals) if (goal) asked.push(graph.from[goal.segment]!, graph.to[goal.segment]!)
  search.run(arcs[direction], weights, seeds, asked, driveBound / slowdown, closed)
}

type Drive = Arrival & { seconds: number; metres: number }

/** How a place is best reached by the search before, the ways between places and streets included. */
function arrive(engine: Engine, start: Snap, goal: Snap, question: Question): Drive {
  const { graph, search, seconds, barriers } = engine
  const barrier = barriers.get(goal.segment)
  const { direction, profile, slowdown } = question
  const length = graph.metres[goal.segment]!
  const time = seconds[profile][goal.segment]!
  const best: Drive = { seconds: Number.POSITIVE_INFINITY, metres: Number.NaN, node: -1, end: 0 }
  const direct = shareBetween(graph, start, goal, direction, barrier)
  if (direct !== undefined) {
    best.seconds = direct * time
    best.metres = direct * length
  }
  for (const { node, share, end } of partsOf(graph, goal, direction, false, barrier)) {
    const value = search.seconds[node]! + share * time
    if (value >= best.seconds) continue
    best.seconds = value
    best.metres = search.metres[node]! + share * length
    best.node = node
    best.end = end
  }
  const off = start.metres + goal.metres
  best.seconds = best.seconds * slowdown + off / offRoadSpeed
  best.metres += off
  if (best.seconds > driveBound) best.seconds = Number.POSITIVE_INFINITY
  return best
}

/** Drives for places in columns of degrees; NaN stands for no place. */
function timesOf(
  engine: Engine,
  question: Question,
  latitudes: Float64Array,
  longitudes: Float64Array,
): Drives {
  const drives = {
    seconds: new Float64Array(latitudes.length).fill(Number.NaN),
    metres: new Float64Array(latitudes.length).fill(Number.NaN),
  }
  const start = engine.grid.snap(question.one)
  if (!start) return drives
  const goals = Array.from(latitudes, (latitude, at) => engine.snapAgain(latitude, longitudes[at]!))
  begin(engine, start, goals, question)
  for (const [at, goal] of goals.entries()) {
    if (!goal) continue
    const drive = arrive(engine, start, goal, question)
    drives.seconds[at] = drive.seconds
    drives.metres[at] = drive.metres
  }
  return drives
}

/** The way between the one place and another, in the order it is driven; undefined where none is known. */
function routeOf(engine: Engine, question: Question, place: Position): Route | undefined {
  const { graph, grid, search, arcs } = engine
  const { direction } = question
  const [start, goal] = [grid.snap(question.one), grid.snap(place)]
  if (!start || !goal) return undefined
  begin(engine, start, [goal], question)
  const { seconds, metres, ...arrival } = arrive(engine, start, goal, question)
  if (seconds === Number.POSITIVE_INFINITY) return undefined
  const found = { parent: search.parent, segment: arcs[direction].segment }
  return { seconds, metres, line: traceRoute(graph, found, { start, goal, direction, arrival }) }
}

/**
 * Drive times on a graph, by one search from the one place for all others. Turns that are forbidden are not
 * known. A closed segment is not passed through; a drive may begin or end on either side of where it is
 * closed. Each question blocks: graph-thread.ts is how the server asks.
 */
export function createRouter(graph: Graph) {
  const engine = prepare(graph)
  return {
    times: (question: Question, latitudes: Float64Array, longitudes: Float64Array): Drives =>
      timesOf(engine, question, latitudes, longitudes),
    route: (question: Question, place: Position): Route | undefined => routeOf(engine, question, place),
    snap: engine.grid.snap,
    /** Where streets are closed from now on. */
    close(places: readonly Pick<Snap, 'segment' | 'fraction'>[]): void {
      const closed = new Uint8Array(graph.about.segments)
      engine.barriers.clear()
      for (const { segment, fraction } of places) {
        closed[segment] = 1
        const { first, last } = engine.barriers.get(segment) ?? { first: fraction, last: fraction }
        const barrier = { first: Math.min(first, fraction), last: Math.max(last, fraction) }
        engine.barriers.set(segment, barrier)
      }
      engine.closed = places.length > 0 ? closed : undefined
    },
  }
}
export type Router = ReturnType<typeof createRouter>
