import type { QueueFigures } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import { type Database, sql } from '../lib/db.ts'
import { incidentFilter, milestone, zoneOf } from './scope.ts'

/** Up to this many days by hour, longer ones by day. */
const mostHourDays = 14
const hour = 3_600

/**
 * How many incidents waited for their first unit: from when they were received to that unit, or to their end
 * where none was sent. What each step of time begins and ends with is put among the changes, so that no span
 * between two changes lies in two steps.
 */
export async function readQueue(db: Database, query: AnalyticsQuery, now: string): Promise<QueueFigures> {
  const { from, to } = query
  const days = (Date.parse(to) - Date.parse(from)) / (24 * hour * 1_000)
  const step = days <= mostHourDays ? 'hour' : 'day'
  const zone = zoneOf(query)
  const { rows } = await sql<QueueFigures['results'][number]>`WITH waits AS (
      SELECT greatest(i.received_at, ${from}::timestamptz) AS since,
        least(coalesce(f.at, i.closed_at, 'infinity'), coalesce(i.closed_at, 'infinity'),
          ${to}::timestamptz, ${now}::timestamptz) AS upto
      FROM incidents i
      LEFT JOIN LATERAL (SELECT min(${milestone('assigned_at')}) AS at FROM assignments a
        WHERE a.incident_id = i.id) f ON true
      WHERE i.received_at >= ${from}::timestamptz - interval '7 days'
        AND i.received_at < ${to}::timestamptz AND ${incidentFilter(query)}),
    steps AS (SELECT greatest(at AT TIME ZONE ${zone}, ${from}::timestamptz) AS at
      FROM generate_series(date_trunc(${step}, ${from}::timestamptz AT TIME ZONE ${zone}),
        least(${to}, ${now})::timestamptz AT TIME ZONE ${zone}, ${`1 ${step}`}::interval) AS at),
    changes AS (SELECT since AS at, 1 AS step FROM waits WHERE upto > since
      UNION ALL SELECT upto, -1 FROM waits WHERE upto > since
      UNION ALL SELECT at, 0 FROM steps
      UNION ALL SELECT least(${to}, ${now})::timestamptz, 0),
    level AS (SELECT at, sum(step) OVER (ORDER BY at) AS n,
        coalesce(extract(epoch FROM lead(at) OVER (ORDER BY at) - at)::float8, 0) AS s FROM changes)
    SELECT s.at, sum(l.n * l.s) / sum(l.s) AS mean, max(l.n) FILTER (WHERE l.s > 0) AS most
    FROM (SELECT at, coalesce(lead(at) OVER (ORDER BY at), 'infinity') AS next FROM steps) s
    JOIN level l ON l.at >= s.at AND l.at < s.next GROUP BY s.at HAVING sum(l.s) > 0
    ORDER BY s.at`.execute(db.kysely)
  return { step_s: step === 'hour' ? hour : 24 * hour, results: rows }
}
