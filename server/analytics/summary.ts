import type { AnalyticsSummary } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import { createTotals } from './counts.ts'
import type { Day } from './days.ts'
import { createFigures, figureColumns } from './figures.ts'
import type { Measures } from './measures.ts'
import { dayMs } from './packed-rows.ts'
import { previousPeriod } from './rules.ts'
import { columnsFor } from './scope.ts'

function createPeriod(measures: Measures, query: AnalyticsQuery) {
  const totals = createTotals(measures, query)
  const figures = createFigures(measures, { ...query, by: undefined, units: undefined })
  const [since, until] = [Date.parse(query.from), Date.parse(query.to)]
  return {
    add(day: Day): void {
      if (day.since >= until || day.since + dayMs <= since) return
      totals.add(day)
      figures.add(day)
    },
    shown(): AnalyticsSummary['now'] {
      const { answered, by_person, ...counts } = totals.all
      const share_person = answered > 0 ? by_person / answered : null
      return { from: query.from, to: query.to, ...counts, figures: figures.all(), share_person }
    },
  }
}

/** Both periods in one walk: the one before ends where the other begins. */
export async function readSummary(measures: Measures, query: AnalyticsQuery): Promise<AnalyticsSummary> {
  const before = { ...query, ...previousPeriod(query) }
  const [now, previous] = [createPeriod(measures, query), createPeriod(measures, before)]
  const columns = columnsFor(query, figureColumns)
  for await (const day of measures.days.walk({ from: before.from, to: query.to, columns })) {
    previous.add(day)
    now.add(day)
  }
  return { now: now.shown(), previous: previous.shown() }
}
