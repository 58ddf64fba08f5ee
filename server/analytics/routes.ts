import type { AnalyticsSummary } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { readAi } from './ai.ts'
import { readUtilisation } from './busy.ts'
import { readTotals, readVolumes } from './counts.ts'
import { readFigures } from './figures.ts'
import { readHospitals } from './hospitals.ts'
import { readQueue } from './queue.ts'
import { previousPeriod } from './rules.ts'

async function summaryOf({ db }: Context, query: AnalyticsQuery): Promise<AnalyticsSummary['now']> {
  const [totals, figures] = await Promise.all([
    readTotals(db, query),
    readFigures(db, { ...query, by: undefined, units: undefined }),
  ])
  const { calls, incidents, answered, by_person } = totals
  const share_person = answered > 0 ? by_person / answered : null
  return { from: query.from, to: query.to, calls, incidents, figures, share_person }
}

type Ids =
  | 'readAnalyticsSummary'
  | 'readAnalyticsVolumes'
  | 'readAnalyticsIntervals'
  | 'readAnalyticsUnits'
  | 'readAnalyticsHospitals'
  | 'readAnalyticsQueue'
  | 'readAnalyticsAi'

/** Figures over periods. */
export function analyticsRoutes(ctx: Context): SomeHandlers<Ids> {
  const { db } = ctx
  const now = () => ctx.now().toISOString()
  return {
    readAnalyticsSummary: async ({ query }) => {
      const before = { ...query, ...previousPeriod(query) }
      const [current, previous] = await Promise.all([summaryOf(ctx, query), summaryOf(ctx, before)])
      return { status: 200, body: { now: current, previous } }
    },
    readAnalyticsVolumes: async ({ query }) => ({ status: 200, body: await readVolumes(db, query) }),
    readAnalyticsIntervals: async ({ query }) => ({
      status: 200,
      body: { results: await readFigures(db, query) },
    }),
    readAnalyticsUnits: async ({ query }) => ({
      status: 200,
      body: await readUtilisation(db, query, now()),
    }),
    readAnalyticsHospitals: async ({ query }) => ({
      status: 200,
      body: await readHospitals(db, query, now()),
    }),
    readAnalyticsQueue: async ({ query }) => ({ status: 200, body: await readQueue(db, query, now()) }),
    readAnalyticsAi: async ({ query }) => ({ status: 200, body: await readAi(db, query) }),
  }
}
