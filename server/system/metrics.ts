import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { limitedKinds } from '../lib/limits.ts'

type Gauges = Record<'intake' | 'desk' | 'streams', () => number>

/** What is asked for when somebody looks. */
function readGauges(registers: Registry[], gauges: Gauges): void {
  new Gauge({
    name: 'toneout_intake_waiting',
    help: 'Writes of calls waiting for a commit',
    registers,
    collect() {
      this.set(gauges.intake())
    },
  })
  new Gauge({
    name: 'toneout_desk_waiting',
    help: 'Writes of incidents and assignments waiting for a commit',
    registers,
    collect() {
      this.set(gauges.desk())
    },
  })
  new Gauge({
    name: 'toneout_streams',
    help: 'Open live streams',
    registers,
    collect() {
      this.set(gauges.streams())
    },
  })
}

/** What the server counts; the names are those of Prometheus' conventions. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const groupBuckets = [1, 2, 4, 8, 16, 32, 64, 128, 256]
  const secondBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
  const gauges = { intake: () => 0, desk: () => 0, streams: () => 0 }
  const metrics = {
    registry,
    requests: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time to answer, by route and status',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: secondBuckets,
      registers,
    }),
    groupSize: new Histogram({
      name: 'toneout_group_size',
      help: 'Writes committed together, by lane',
      labelNames: ['lane'] as const,
      buckets: groupBuckets,
      registers,
    }),
    groupSeconds: new Histogram({
      name: 'toneout_group_commit_seconds',
      help: 'Time of a group from begin to commit, by lane',
      labelNames: ['lane'] as const,
      buckets: secondBuckets,
      registers,
    }),
    streamsCut: new Counter({
      name: 'toneout_streams_cut_total',
      help: 'Live streams cut off because the reader was too slow',
      registers,
    }),
    alarms: new Counter({
      name: 'toneout_alarms_total',
      help: 'Alarms by what is wrong and who was told',
      labelNames: ['kind', 'stage'] as const,
      registers,
    }),
    rateLimited: new Counter({
      name: 'toneout_rate_limited_total',
      help: 'Requests refused with 429, by who was refused',
      labelNames: ['kind'] as const,
      registers,
    }),
    gauges,
  }
  for (const kind of limitedKinds) metrics.rateLimited.inc({ kind }, 0)
  readGauges(registers, gauges)
  return metrics
}

export type Metrics = ReturnType<typeof createMetrics>

/** What is told of every group commit of a lane: items, and milliseconds from begin to commit. */
export function countGroups({ groupSize, groupSeconds }: Metrics) {
  return (lane: string, size: number, ms: number) => {
    groupSize.observe({ lane }, size)
    groupSeconds.observe({ lane }, ms / 1_000)
  }
}

/** A request is slow, and logged, from this many milliseconds. */
const slowMs = 1_000

/** Counts every request; logs only slow ones, by route and never by path: a path can hold a call's id. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  // A histogram looks its labels up by building a text of them; few combinations exist, so they are kept.
  const kept = new Map<string, { observe: (seconds: number) => void }>()
  app.addHook('onResponse', (request, reply, done) => {
    const ms = reply.elapsedTime
    const route = request.routeOptions.url ?? 'unknown'
    const name = `${reply.statusCode} ${request.method} ${route}`
    let counted = kept.get(name)
    if (!counted) {
      counted = metrics.requests.labels({ method: request.method, route, status: reply.statusCode })
      kept.set(name, counted)
    }
    counted.observe(ms / 1_000)
    // A stream lasts as long as somebody looks on.
    if (ms > slowMs && !route.startsWith('/api/stream')) {
      request.log.warn({ reqId: request.id, route, ms: Math.round(ms) }, 'slow request')
    }
    done()
  })
}
