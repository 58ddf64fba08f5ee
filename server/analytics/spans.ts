import { flags, type Part, timeAt } from './day-layout.ts'
import { secondsOf } from './tally.ts'

/** Stand for what is no number of seconds: a missing end, an end before its beginning, a number in `long`. */
const missing = 65_535
const negative = 65_534
const isLong = 65_533

/** Spans in whole seconds, rounded up, by index; `long` holds those that do not fit. */
export type Seconds = { short: Uint16Array; long: Map<number, number> }

/** A span that is missing, or negative. */
export const noSpan = -1
export const backwards = -2

/** Seconds at an index, or one of the two words above. */
export function secondsAt({ short, long }: Seconds, at: number): number {
  const kept = short[at] as number
  if (kept < isLong) return kept
  if (kept === missing) return noSpan
  return kept === negative ? backwards : (long.get(at) as number)
}

const createSeconds = (n: number): Seconds => ({ short: new Uint16Array(n), long: new Map() })

function keepSpan({ short, long }: Seconds, at: number, ms: number): void {
  if (ms < 0) short[at] = negative
  else if (ms >= 0) {
    const seconds = secondsOf(ms)
    if (seconds >= isLong) long.set(at, seconds)
    short[at] = Math.min(seconds, isLong)
  } else short[at] = missing
}

const own = ['turnout', 'travel', 'response', 'scene', 'transport', 'wall_time', 'task'] as const
/** Intervals that a run has by itself. */
export const runSpanNames: readonly (typeof own)[number][] = own

/** Intervals of the runs of a day; `total` is from where their incident's total response begins. */
export type Spans = { unit: Int32Array; total: Seconds } & Record<(typeof runSpanNames)[number], Seconds>

/** Worked out once for a day that stays in memory: a tenth of what the same takes from instants. */
export function makeSpans(incidents: Part<'incidents'>, runs: Part<'runs'>): Spans {
  const n = runs.unit.length
  const spans: Spans = {
    ...{ unit: runs.unit.slice(), total: createSeconds(n) },
    ...{ turnout: createSeconds(n), travel: createSeconds(n), response: createSeconds(n) },
    ...{ scene: createSeconds(n), transport: createSeconds(n), wall_time: createSeconds(n) },
    task: createSeconds(n),
  }
  const { wide } = runs
  for (let incident = 0, at = 0; incident < incidents.received.length; incident += 1) {
    const known = timeAt(incidents.known[incident] as number, incidents.wide)
    for (; at < (incidents.runs_end[incident] as number); at += 1) {
      const assigned = timeAt(runs.assigned[at] as number, wide)
      const enRoute = timeAt(runs.en_route[at] as number, wide)
      const there = timeAt(runs.there[at] as number, wide)
      const left = timeAt(runs.left[at] as number, wide)
      const arrived = timeAt(runs.arrived[at] as number, wide)
      const cleared = timeAt(runs.cleared[at] as number, wide)
      const isTransport = ((runs.flags[at] as number) & flags.transported) !== 0
      keepSpan(spans.turnout, at, enRoute - assigned)
      keepSpan(spans.travel, at, there - enRoute)
      keepSpan(spans.response, at, there - assigned)
      keepSpan(spans.scene, at, (isTransport ? left : cleared) - there)
      keepSpan(spans.transport, at, arrived - left)
      keepSpan(spans.wall_time, at, cleared - arrived)
      keepSpan(spans.task, at, cleared - assigned)
      keepSpan(spans.total, at, there - known)
    }
  }
  return spans
}

/** The runs of a day in the order in which they began, and in that in which they ended. */
export type RunOrder = { begins: Uint32Array; ends: Uint32Array }

function sortedBy(times: Int32Array, wide: Float64Array): Uint32Array {
  const at = Float64Array.from(times, (kept) => timeAt(kept, wide))
  const order = Uint32Array.from(times, (_, index) => index)
  // One that is missing comes last.
  const place = (index: number) => (Number.isNaN(at[index]) ? Number.MAX_VALUE : (at[index] as number))
  return order.sort((a, b) => place(a) - place(b))
}

export const makeOrder = (runs: Part<'runs'>): RunOrder => ({
  begins: sortedBy(runs.assigned, runs.wide),
  ends: sortedBy(runs.ended, runs.wide),
})

const perRun = 4 + 2 * (runSpanNames.length + 1)
/** Bytes that they take, about. */
export const bytesOf = {
  spans: ({ unit }: Spans) => unit.length * perRun,
  order: ({ begins }: RunOrder) => begins.length * 8,
}
