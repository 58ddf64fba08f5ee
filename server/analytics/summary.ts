import type { AnalyticsSummary } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import type { Database } from '../lib/db.ts'
import { readTotals } from './counts.ts'
import { readFigures } from './figures.ts'
import { previousPeriod } from './rules.ts'

async function readPeriod(db: Database, query: AnalyticsQuery): Promise<AnalyticsSummary['now']> {
  const [totals, figures] = await Promise.all([
    readTotals(db, query),
    readFigures(db, { ...query, by: undefined, units: undefined }),
  ])
  const { calls, incidents, answered, by_person } = totals
  const share_person = answered > 0 ? by_person / answered : null
  return { from: query.from, to: query.to, calls, incidents, figures, share_person }
}

export async function readSummary(db: Database, query: AnalyticsQuery): Promise<AnalyticsSummary> {
  const before = { ...query, ...previousPeriod(query) }
  const [now, previous] = await Promise.all([readPeriod(db, query), readPeriod(db, before)])
  return { now, previous }
}
