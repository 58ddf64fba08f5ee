import type { QueueFigures } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import { timeAt } from './day-layout.ts'
import { createLevel } from './level.ts'
import type { Measures } from './measures.ts'
import { dayMs } from './packed-rows.ts'
import { columnsFor, createScope } from './scope.ts'

/** Up to this many days by hour, longer ones by day. */
const mostHourDays = 14
/** Incidents that were received so long before the period and still waited in it are looked for. */
const lookBackMs = 7 * dayMs

/** Beginnings of hours or days in a zone, in ms; the first is the beginning of the period. */
function stepsOf(zone: string, from: number, end: number, unit: 'hour' | 'day'): number[] {
  const steps = [from]
  let at = Temporal.Instant.fromEpochMilliseconds(from)
    .toZonedDateTimeISO(zone)
    .round({ smallestUnit: unit, roundingMode: 'floor' })
  for (;;) {
    at = at.add({ [`${unit}s`]: 1 })
    if (at.epochMilliseconds >= end) return steps
    steps.push(at.epochMilliseconds)
  }
}

/**
 * How many incidents waited for their first unit: from when they were received to that unit, or to their end
 * where none was sent.
 */
export async function readQueue(measures: Measures, query: AnalyticsQuery): Promise<QueueFigures> {
  const { from, to } = query
  const [since, until] = [Date.parse(from), Math.min(Date.parse(to), Date.parse(measures.now))]
  const unit = Date.parse(to) - since <= mostHourDays * dayMs ? 'hour' : 'day'
  const step_s = unit === 'hour' ? 3_600 : 86_400
  if (until <= since) return { step_s, results: [] }
  const scope = createScope({ query, units: measures.units, ofPeriod: false })
  const level = createLevel(since, until)
  const wanted = { from: new Date(since - lookBackMs).toISOString(), to, columns: ['incidents'] as const }
  const columns = columnsFor(query, wanted.columns)
  for await (const day of measures.days.walk({ ...wanted, columns })) {
    const { received, assigned, closed, wide } = day.part('incidents')
    const asked = scope.incidents(day)
    for (let at = 0; at < asked.length; at += 1) {
      if (asked[at] === 0) continue
      const sent = timeAt(assigned[at] as number, wide)
      const over = timeAt(closed[at] as number, wide)
      const ends = sent < over || Number.isNaN(over) ? sent : over
      level.add(day.since + (received[at] as number), day.since + (Number.isNaN(ends) ? Infinity : ends))
    }
    level.settle()
  }
  const steps = stepsOf(query.zone ?? 'UTC', since, until, unit)
  const results = (await level.inSteps(steps)).map(({ at, mean, most }) => ({
    at: new Date(at).toISOString(),
    mean,
    most,
  }))
  return { step_s, results }
}
