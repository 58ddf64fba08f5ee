import type { z } from 'zod'
import {
  aiFigures,
  analyticsSummary,
  hospitalFigures,
  intervalFigures,
  queueFigures,
  utilisation,
  volumes,
} from '../model/analytics.ts'
import { analyticsQuery, intervalsQuery, unitsQuery } from '../model/analytics-query.ts'
import { operation } from '../operation.ts'
import { measurers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const

function figures<const P extends string, Q extends z.ZodType, R extends z.ZodType>(
  path: P,
  summary: string,
  description: string,
  query: Q,
  reply: R,
) {
  return operation({
    method: 'GET',
    path: `/api/analytics/${path}/`,
    group: 'Analytics',
    summary,
    description,
    who: measurers,
    query,
    replies: { 200: reply },
    refusals: way,
  })
}

export const readAnalyticsSummary = figures(
  'summary',
  'Read the main figures of a period, with those of the one before',
  'The period before is as long and ends where this one begins.',
  analyticsQuery,
  analyticsSummary,
)

export const readAnalyticsVolumes = figures(
  'volumes',
  'Count calls and incidents by day, hour and weekday, type and priority',
  'Days and hours are local in `zone`.',
  analyticsQuery,
  volumes,
)

export const readAnalyticsIntervals = figures(
  'intervals',
  'Read intervals: percentiles and the share in target',
  'Exact over the whole period. A percentile is the value at index floor(p n) of the sorted values. By ' +
    'station there are only the intervals of runs. Targets are those of the settings.',
  intervalsQuery,
  intervalFigures,
)

export const readAnalyticsUnits = figures(
  'units',
  'Read how units were used',
  'Runs are clipped to the period; those of incidents received over eight days before it are not asked. ' +
    'Of priority, type, shift and area, the incidents of the runs are asked.',
  unitsQuery,
  utilisation,
)

export const readAnalyticsHospitals = figures(
  'hospitals',
  'Read arrivals, wall times and diversion of hospitals',
  'Wall time is from the arrival to the clearing. `inbound` is now.',
  analyticsQuery,
  hospitalFigures,
)

export const readAnalyticsQueue = figures(
  'queue',
  'Read how many incidents waited for their first unit',
  'By hour up to 14 days, then by day.',
  analyticsQuery,
  queueFigures,
)

export const readAnalyticsAi = figures(
  'ai',
  'Read how the AI did',
  'Of calls that rang in the period.',
  analyticsQuery,
  aiFigures,
)
