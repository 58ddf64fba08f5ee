import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { readAi } from './ai.ts'
import { readUtilisation } from './busy.ts'
import { readVolumes } from './counts.ts'
import { readFigures } from './figures.ts'
import { readHospitals } from './hospitals.ts'
import { readQueue } from './queue.ts'
import { readSummary } from './summary.ts'

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
    readAnalyticsSummary: async ({ query }) => ({ status: 200, body: await readSummary(db, query) }),
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
