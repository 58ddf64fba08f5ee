import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { createMeasures, type Measures } from './measures.ts'
import { panels } from './panels.ts'
import { NotReady } from './raw-days.ts'

type Ids =
  | 'readAnalyticsSummary'
  | 'readAnalyticsVolumes'
  | 'readAnalyticsIntervals'
  | 'readAnalyticsUnits'
  | 'readAnalyticsHospitals'
  | 'readAnalyticsQueue'
  | 'readAnalyticsAi'

/** Too much of the period is not packed yet: what packs the days takes a while for a year. */
const notReady = {
  detail: 'These figures are being worked out. Ask again in a minute.',
  retryAfterSeconds: 30,
}

/** Figures over periods. */
export function analyticsRoutes(ctx: Context): SomeHandlers<Ids> {
  const gather = createMeasures(ctx)
  const answer =
    <Q, T>(read: (measures: Measures, query: Q) => Promise<T>) =>
    async ({ query }: { query: Q }) => {
      try {
        return { status: 200 as const, body: await read(await gather(), query) }
      } catch (error) {
        if (error instanceof NotReady) return refuse('unavailable', notReady)
        throw error
      }
    }
  return {
    readAnalyticsSummary: answer(panels.readSummary),
    readAnalyticsVolumes: answer(panels.readVolumes),
    readAnalyticsIntervals: answer(panels.readIntervals),
    readAnalyticsUnits: answer(panels.readUtilisation),
    readAnalyticsHospitals: answer(panels.readHospitals),
    readAnalyticsQueue: answer(panels.readQueue),
    readAnalyticsAi: answer(panels.readAi),
  }
}
