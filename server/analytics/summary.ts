import type { AnalyticsSummary } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import { readTotals } from './counts.ts'
import { readFigures } from './figures.ts'
import type { Measures } from './measures.ts'
import { previousPeriod } from './rules.ts'

async function readPeriod(measures: Measures, query: AnalyticsQuery): Promise<AnalyticsSummary['now']> {
  const { answered, by_person, ...totals } = await readTotals(measures, query)
  const figures = await readFigures(measures, { ...query, by: undefined, units: undefined })
  const share_person = answered > 0 ? by_person / answered : null
  return { from: query.from, to: query.to, ...totals, figures, share_person }
}

export async function readSummary(measures: Measures, query: AnalyticsQuery): Promise<AnalyticsSummary> {
  const before = { ...query, ...previousPeriod(query) }
  return { now: await readPeriod(measures, query), previous: await readPeriod(measures, before) }
}
