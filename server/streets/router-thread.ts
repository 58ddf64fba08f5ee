import { parentPort, workerData } from 'node:worker_threads'
import type { Position } from '../lib/geo.ts'
import { idOf, lineOf, nameOf, openGraph } from './graph-file.ts'
import { createRouter, type Question } from './router.ts'

/** A closed stretch of street, as it was set. */
export type ClosedPlace = Position & { segment_id: string }
export type FoundSegment = Position & { segment_id: string; street: string }

/** What the thread is asked, each with the number its answer has. */
export type Ask = { number: number } & (
  | { kind: 'times'; question: Question; latitudes: Float64Array; longitudes: Float64Array }
  | { kind: 'route'; question: Question; place: Position }
  | { kind: 'close'; places: readonly ClosedPlace[] }
  | { kind: 'find'; place?: Position; segment_id?: string }
)

const path = workerData as string
const graph = openGraph(path)
const router = createRouter(graph)

/** Segments by the names their source gives them; made when first asked, as most graphs never are. */
let numbers: Map<string, number> | undefined
function numberOf(id: string): number | undefined {
  if (!numbers) {
    numbers = new Map()
    for (let at = 0; at < graph.about.segments; at += 1) numbers.set(idOf(graph, at), at)
  }
  return numbers.get(id)
}

function describe(segment: number): FoundSegment {
  const line = lineOf(graph, segment)
  const [longitude, latitude] = line[Math.floor(line.length / 2)] as [number, number]
  return { segment_id: idOf(graph, segment), street: nameOf(graph, segment), latitude, longitude }
}

function find({ place, segment_id }: { place?: Position; segment_id?: string }): FoundSegment | undefined {
  const known = segment_id === undefined ? undefined : numberOf(segment_id)
  if (known !== undefined) return describe(known)
  const snap = segment_id === undefined && place ? router.snap(place) : undefined
  return snap && place && { ...describe(snap.segment), ...place }
}

/** Roads that were imported anew may have other names; then the nearest street is the one that was meant. */
function close(places: readonly ClosedPlace[]): void {
  router.close(
    places.flatMap((place) => {
      const [segment, snap] = [numberOf(place.segment_id), router.snap(place)]
      if (segment === undefined || snap?.segment === segment) return snap ? [snap] : []
      return [{ segment, fraction: 0.5 }]
    }),
  )
}

function answer(ask: Ask): unknown {
  if (ask.kind === 'times') return router.times(ask.question, ask.latitudes, ask.longitudes)
  if (ask.kind === 'route') return router.route(ask.question, ask.place)
  if (ask.kind === 'find') return find(ask)
  return close(ask.places)
}

parentPort?.on('message', (ask: Ask) => {
  parentPort?.postMessage({ number: ask.number, answer: answer(ask) })
})
parentPort?.postMessage({ about: graph.about })
