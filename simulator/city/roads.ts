import type { RoadClass } from '../../server/streets/segment.ts'
import type { Atlas } from './atlas.ts'
import { createHeap } from './heap.ts'
import { type Point, toMetres } from './projection.ts'
import type { Xy } from './shape.ts'

/** Kilometres an hour that traffic really drives, stops included; a siren and the hour change it. */
const kmh: Readonly<Record<RoadClass, number>> = {
  ...{ motorway: 92, trunk: 74, primary: 47, secondary: 42, tertiary: 36, unclassified: 31 },
  ...{ residential: 27, living_street: 13, service: 15, track: 12 },
}
/** How much faster with a siren. */
const sirenGain = 1.3
/** Metres a second between a door and the nearest junction. */
const toDoor = 7
/** Metres a second that no road is faster than: what a search may hope for. */
const fastest = (kmh.motorway / 3.6) * sirenGain

export type Conditions = {
  siren: boolean
  /** Times the usual speed, as the hour and the weather leave it; sirens feel half of what slows others. */
  traffic: number
  /** Ids of segments that cannot be driven. */
  closed: ReadonlySet<string>
}
/** A drive by the points it passes, and seconds from its beginning to each. */
export type Route = { points: Point[]; seconds: number[] }

export type Roads = ReturnType<typeof openRoads>

/** The city's streets as crews drive them. */
export function openRoads(atlas: Atlas) {
  const graph = tabulate(atlas)
  const search = createSearch(graph)
  const nearest = findNodes(graph.places)
  return {
    size: graph.places.length,
    nearest: (point: Point) => nearest(toMetres(point)),
    /** Seconds from one junction to every other; Infinity where no road leads. */
    secondsFrom: (node: number, on: Conditions) => search(node, undefined, on).seconds,
    /** Undefined when no road leads there. */
    drive(from: Point, to: Point, on: Conditions): Route | undefined {
      const [start, end] = [nearest(toMetres(from)), nearest(toMetres(to))]
      const { seconds, by } = search(start, end, on)
      if (seconds[end] === Number.POSITIVE_INFINITY) return undefined
      const arcs: number[] = []
      for (let node = end; node !== start; node = graph.tail[by[node]!]!) arcs.push(by[node]!)
      return drawRoute(graph, atlas, arcs.reverse(), { from, to }, (node) => seconds[node]!)
    },
  }
}

type Graph = ReturnType<typeof tabulate>

function tabulate({ segments }: Atlas) {
  const numbers = new Map<string, number>()
  const places: Xy[] = []
  const nodeOf = (name: string, [longitude, latitude]: readonly [number, number]) => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, places.length)
    return places.push(toMetres({ latitude, longitude })) - 1
  }
  const [tail, head, segmentOf, cost]: [number[], number[], number[], number[]] = [[], [], [], []]
  const forward: boolean[] = []
  const out: number[][] = []
  for (const [at, { from_node, to_node, line, oneway, class: kind }] of segments.entries()) {
    const [from, to] = [nodeOf(from_node, line[0]!), nodeOf(to_node, line.at(-1)!)]
    const points = line.map(([longitude, latitude]) => toMetres({ latitude, longitude }))
    const metres = points
      .slice(1)
      .reduce((sum, [x, y], n) => sum + Math.hypot(x - points[n]![0], y - points[n]![1]), 0)
    const add = (a: number, b: number) => {
      const arc = tail.push(a) - 1
      head.push(b)
      segmentOf.push(at)
      forward.push(a === from)
      cost.push(metres / (kmh[kind] / 3.6))
      out[a] ??= []
      out[a].push(arc)
    }
    if (oneway !== 'backward') add(from, to)
    if (oneway !== 'forward') add(to, from)
  }
  const ids = segments.map(({ id }) => id)
  return { places, tail, head, segmentOf, forward, cost, out, ids }
}

/** Dijkstra with a straight-line bound where the end is known (Hart, Nilsson and Raphael, 1968). */
function createSearch({ places, head, segmentOf, cost, out, ids }: Graph) {
  return (start: number, end: number | undefined, { siren, traffic, closed }: Conditions) => {
    const seconds = new Float64Array(places.length).fill(Number.POSITIVE_INFINITY)
    const by = new Int32Array(places.length).fill(-1)
    const pace = siren ? sirenGain * ((1 + traffic) / 2) : traffic
    const goal = end === undefined ? undefined : places[end]!
    const hope = (node: number) =>
      goal ? Math.hypot(places[node]![0] - goal[0], places[node]![1] - goal[1]) / fastest : 0
    const open = createHeap()
    seconds[start] = 0
    open.push(start, hope(start))
    for (let node = open.pop(); node !== undefined && node !== end; node = open.pop()) {
      for (const arc of out[node] ?? []) {
        if (closed.size > 0 && closed.has(ids[segmentOf[arc]!]!)) continue
        const reached = seconds[node]! + cost[arc]! / pace
        const to = head[arc]!
        if (reached >= seconds[to]!) continue
        seconds[to] = reached
        by[to] = arc
        open.push(to, reached + hope(to))
      }
    }
    return { seconds, by }
  }
}

const cell = 250

/** Gives the junction nearest to a place. */
function findNodes(places: readonly Xy[]) {
  const grid = new Map<string, number[]>()
  const cellOf = ([x, y]: Xy) => [Math.floor(x / cell), Math.floor(y / cell)] as const
  for (const [node, place] of places.entries()) {
    const key = cellOf(place).join()
    const list = grid.get(key)
    if (list) list.push(node)
    else grid.set(key, [node])
  }
  const gapTo = (node: number, [x, y]: Xy) => Math.hypot(places[node]![0] - x, places[node]![1] - y)
  return (point: Xy): number => {
    const [cx, cy] = cellOf(point)
    for (const reach of [1, 3, 9]) {
      const near: number[] = []
      for (let x = cx - reach; x <= cx + reach; x++) {
        for (let y = cy - reach; y <= cy + reach; y++) near.push(...(grid.get(`${x},${y}`) ?? []))
      }
      if (near.length > 0) return near.reduce((a, b) => (gapTo(b, point) < gapTo(a, point) ? b : a))
    }
    let best = 0
    for (let node = 1; node < places.length; node++) if (gapTo(node, point) < gapTo(best, point)) best = node
    return best
  }
}

/** Draws the arcs with the shape of their streets, from door to door. */
function drawRoute(
  { segmentOf, forward, tail, head }: Graph,
  { segments }: Atlas,
  arcs: readonly number[],
  { from, to }: { from: Point; to: Point },
  secondsAt: (node: number) => number,
): Route {
  const metres = (a: Point, b: Point) => {
    const [[ax, ay], [bx, by]] = [toMetres(a), toMetres(b)]
    return Math.hypot(ax - bx, ay - by)
  }
  const route: Route = { points: [from], seconds: [0] }
  const pass = (point: Point, seconds: number) => {
    route.points.push(point)
    route.seconds.push(seconds)
  }
  let begin = 0
  for (const [n, arc] of arcs.entries()) {
    const { line } = segments[segmentOf[arc]!]!
    const points = line.map(([longitude, latitude]): Point => ({ latitude, longitude }))
    const inOrder = forward[arc] ? points : points.reverse()
    if (n === 0) {
      begin = metres(from, inOrder[0]!) / toDoor
      pass(inOrder[0]!, begin)
    }
    const lengths = inOrder.slice(1).map((point, at) => metres(inOrder[at]!, point))
    const whole = lengths.reduce((sum, one) => sum + one, 0) || 1
    const took = secondsAt(head[arc]!) - secondsAt(tail[arc]!)
    let gone = 0
    for (const [at, point] of inOrder.slice(1).entries()) {
      gone += lengths[at]!
      pass(point, begin + secondsAt(tail[arc]!) + (took * gone) / whole)
    }
  }
  pass(to, route.seconds.at(-1)! + metres(route.points.at(-1)!, to) / toDoor)
  return route
}
