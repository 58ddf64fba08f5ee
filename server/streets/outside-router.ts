import { z } from 'zod'
import type { Position } from '../lib/geo.ts'
import type { Route } from './router.ts'

export type OutsideKind = 'osrm' | 'valhalla'

/** Milliseconds for an answer, and how long a router that gave none is left alone. */
const limits = { patience: 1_500, rest: 30_000, bytes: 4_000_000 }

export type OutsideRouter = {
  /** Drives from each place to the one; undefined when there is no answer, NaN where no way is known. */
  table: (
    from: readonly Position[],
    to: Position,
  ) => Promise<{ seconds: number; metres: number }[] | undefined>
  route: (from: Position, to: Position) => Promise<Route | undefined>
}

const cell = z.number().nullable()
const osrmTable = z.object({ durations: z.array(z.array(cell)), distances: z.array(z.array(cell)) })
const lineString = z.object({ coordinates: z.array(z.tuple([z.number(), z.number()])).max(50_000) })
const osrmRoute = z.object({
  routes: z.array(z.object({ duration: z.number(), distance: z.number(), geometry: lineString })).min(1),
})
const valhallaTable = z.object({
  sources_to_targets: z.array(z.array(z.object({ time: cell, distance: cell }))),
})
const valhallaRoute = z.object({
  trip: z.object({
    summary: z.object({ time: z.number(), length: z.number() }),
    legs: z.array(z.object({ shape: z.string().max(limits.bytes) })).length(1),
  }),
})

/** Google's encoded polyline with six digits, as Valhalla writes it. */
function readShape(shape: string): [number, number][] {
  const line: [number, number][] = []
  let [latitude, longitude, at] = [0, 0, 0]
  const step = () => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 5) {
      const bits = shape.charCodeAt(at) - 63
      at += 1
      value |= (bits & 0x1f) << shift
      if (!(bits >= 0x20)) break
    }
    return value & 1 ? ~(value >> 1) : value >> 1
  }
  while (at < shape.length) {
    latitude += step()
    longitude += step()
    line.push([longitude / 1e6, latitude / 1e6])
  }
  return line
}

/** The reply as text, up to a limit. */
async function readReply(reply: Response): Promise<unknown> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const piece of reply.body ?? []) {
    text += decoder.decode(piece as Uint8Array, { stream: true })
    if (text.length > limits.bytes) throw new Error('the reply is too long')
  }
  return JSON.parse(text)
}

const numbers = (seconds: number | null | undefined, metres: number | null | undefined) => ({
  seconds: seconds ?? Number.NaN,
  metres: metres ?? Number.NaN,
})

type Get = <T extends z.ZodType>(shape: T, path: string, body?: unknown) => Promise<z.output<T>>

/** OSRM's HTTP API v1: services table and route of the profile `driving`. */
function osrm(get: Get) {
  const at = ({ longitude, latitude }: Position) => `${longitude.toFixed(6)},${latitude.toFixed(6)}`
  return {
    async table(from: readonly Position[], to: Position) {
      const path = `/table/v1/driving/${[...from, to].map(at).join(';')}`
      const sources = from.map((_, index) => index).join(';')
      const query = `?sources=${sources}&destinations=${from.length}&annotations=duration,distance`
      const { durations, distances } = await get(osrmTable, path + query)
      return from.map((_, index) => numbers(durations[index]?.[0], distances[index]?.[0]))
    },
    async route(from: Position, to: Position): Promise<Route> {
      const path = `/route/v1/driving/${at(from)};${at(to)}?overview=full&geometries=geojson`
      const { routes } = await get(osrmRoute, path)
      const { duration, distance, geometry } = routes[0] as (typeof routes)[number]
      return { seconds: duration, metres: distance, line: geometry.coordinates }
    },
  }
}

/** Valhalla's sources_to_targets and route with the costing `auto`; it counts in kilometres. */
function valhalla(get: Get) {
  const at = ({ longitude, latitude }: Position) => ({ lat: latitude, lon: longitude })
  return {
    async table(from: readonly Position[], to: Position) {
      const body = { sources: from.map(at), targets: [at(to)], costing: 'auto', units: 'kilometers' }
      const { sources_to_targets: rows } = await get(valhallaTable, '/sources_to_targets', body)
      return from.map((_, index) => {
        const { time, distance } = rows[index]?.[0] ?? { time: null, distance: null }
        return numbers(time, distance === null ? null : distance * 1_000)
      })
    },
    async route(from: Position, to: Position): Promise<Route> {
      const body = { locations: [at(from), at(to)], costing: 'auto', units: 'kilometers' }
      const { trip } = await get(valhallaRoute, '/route', body)
      const line = readShape(trip.legs[0]?.shape ?? '')
      return { seconds: trip.summary.time, metres: trip.summary.length * 1_000, line }
    },
  }
}

/** A routing server beside Toneout; one that does not answer in time is left alone for half a minute. */
export function createOutsideRouter(
  url: string,
  kind: OutsideKind,
  { now, onFault }: { now: () => number; onFault: (problem: string) => void },
): OutsideRouter {
  let restsUntil = 0
  const get: Get = async (shape, path, body) => {
    const reply = await fetch(url.replace(/\/$/, '') + path, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(limits.patience),
    })
    if (!reply.ok) throw new Error(`it answers ${reply.status}`)
    return shape.parse(await readReply(reply))
  }
  const api = kind === 'osrm' ? osrm(get) : valhalla(get)
  const guarded = async <T>(asking: () => Promise<T>): Promise<T | undefined> => {
    if (now() < restsUntil) return undefined
    try {
      return await asking()
    } catch (error) {
      restsUntil = now() + limits.rest
      const isShape = error instanceof z.ZodError
      onFault(isShape ? `it does not answer as ${kind} does` : (error as Error).message)
      return undefined
    }
  }
  return {
    table: (from, to) => guarded(() => api.table(from, to)),
    route: (from, to) => guarded(() => api.route(from, to)),
  }
}
