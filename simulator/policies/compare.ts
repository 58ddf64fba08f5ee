import { defaultNeeds, planOf } from '../../server/recommendations/response-plans.ts'
import type { CompareArguments } from '../simulate-arguments.ts'
import { daySeconds, drawDay } from './draw-day.ts'
import { type City, openEngine, type Served } from './engine.ts'
import { type PolicyName, weighBy } from './policy.ts'
import { mean, percentile, withInterval } from './statistics.ts'
import { openZones, type Zones } from './zones.ts'

/** Seconds within which priorities 1 and 2 are to be reached: 8:59, as the product's own target. */
export const target = 539

export const measures = ['late', 'mean', 'p90', 'p95'] as const
export type Measure = (typeof measures)[number]
/** Late is a share of priorities 1 and 2; the others are seconds from the call to the first unit, of all. */
export type Figures = Readonly<Record<Measure, number>>
export type Outcome = {
  policy: PolicyName
  calls: number
  whole: Figures
  days: readonly Figures[]
  /** All responses in seconds, sorted. */
  responses: Float64Array
}
/** How much more than the first policy, per day: mean and half the width of its 95 % interval. */
export type Difference = Readonly<Record<Measure, { mean: number; half: number }>>

function figuresOf(served: readonly Served[]): Figures {
  const sorted = Float64Array.from(served, ({ response }) => response).sort()
  const urgent = served.filter(({ job }) => job.priority <= 2)
  const late = urgent.filter(({ response }) => response > target).length
  return {
    late: late / urgent.length,
    mean: mean(sorted),
    p90: percentile(sorted, 0.9),
    p95: percentile(sorted, 0.95),
  }
}

/** Plays the days of a seed with one policy. */
export function playPolicy(
  policy: PolicyName,
  zones: Zones,
  asked: Omit<CompareArguments, 'policies'>,
): Outcome {
  const city: City = {
    drive: (from, to, siren, at) => zones.drive(from, to, siren, at * 1_000),
    onTheWay: zones.onTheWay,
    hospital: zones.hospital,
    plan: (type, priority) => planOf(defaultNeeds, type, priority),
  }
  const engine = openEngine(zones.ambulances(), city, { weigh: weighBy(policy, zones), whenBusy: 'wait' })
  const byDay: Served[][] = Array.from({ length: asked.days }, () => [])
  const told = (one: Served) => void byDay[Math.floor(one.job.received / daySeconds)]!.push(one)
  for (let day = 0; day < asked.days; day++) {
    engine.play(drawDay({ ...asked, demand: zones.demand }, day), told)
  }
  engine.drain(told)
  const all = byDay.flat()
  const responses = Float64Array.from(all, ({ response }) => response).sort()
  return { policy, calls: all.length, whole: figuresOf(all), days: byDay.map(figuresOf), responses }
}

/** Differences from the first policy, paired by day: both played the same calls. */
export function difference(first: Outcome, other: Outcome): Difference {
  const of = (measure: Measure) =>
    withInterval(other.days.map((day, at) => day[measure] - first.days[at]![measure]))
  return { late: of('late'), mean: of('mean'), p90: of('p90'), p95: of('p95') }
}

/** Plays every policy over the same days; also how many calls were played a minute. */
export function comparePolicies(asked: CompareArguments): { outcomes: Outcome[]; callsPerMinute: number } {
  const zones = openZones()
  const began = performance.now()
  const outcomes = asked.policies.map((policy) => playPolicy(policy, zones, asked))
  const calls = outcomes.reduce((sum, one) => sum + one.calls, 0)
  return { outcomes, callsPerMinute: calls / ((performance.now() - began) / 60_000) }
}
