import type { Volumes } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import { type Database, sql } from '../lib/db.ts'
import { callsOf, incidentsOf, zoneOf } from './scope.ts'

/** Calls, incidents and who spoke with callers. */
export async function readTotals(db: Database, query: AnalyticsQuery) {
  type Row = { calls: number; answered: number; by_person: number; incidents: number }
  const { rows } = await sql<Row>`SELECT count(*) AS calls, count(c.answered_by) AS answered,
      count(*) FILTER (WHERE c.answered_by IN ('HUMAN', 'AI_THEN_HUMAN')) AS by_person,
      (SELECT count(*) FROM incidents i WHERE ${incidentsOf(query)}) AS incidents
    FROM calls c LEFT JOIN incidents i ON i.id = c.incident_id WHERE ${callsOf(query)}`.execute(db.kysely)
  return rows[0] as Row
}

export async function readVolumes(db: Database, query: AnalyticsQuery): Promise<Volumes> {
  const zone = zoneOf(query)
  const days = sql<Volumes['days'][number]>`SELECT to_char(day, 'YYYY-MM-DD') AS day,
      coalesce(c.n, 0) AS calls, coalesce(o.n, 0) AS incidents
    FROM generate_series(date_trunc('day', ${query.from}::timestamptz AT TIME ZONE ${zone}),
      ${query.to}::timestamptz AT TIME ZONE ${zone} - interval '1 microsecond', '1 day') AS day
    LEFT JOIN (SELECT date_trunc('day', c.created_at AT TIME ZONE ${zone}) AS day, count(*) AS n
      FROM calls c LEFT JOIN incidents i ON i.id = c.incident_id
      WHERE ${callsOf(query)} GROUP BY 1) c USING (day)
    LEFT JOIN (SELECT date_trunc('day', i.received_at AT TIME ZONE ${zone}) AS day, count(*) AS n
      FROM incidents i WHERE ${incidentsOf(query)} GROUP BY 1) o USING (day) ORDER BY 1`
  const hours = sql<Volumes['hours'][number]>`SELECT extract(isodow FROM at)::int AS weekday,
      extract(hour FROM at)::int AS hour, count(*) AS incidents
    FROM (SELECT i.received_at AT TIME ZONE ${zone} AS at FROM incidents i
      WHERE ${incidentsOf(query)}) AS local
    GROUP BY 1, 2 ORDER BY 1, 2`
  const mix = sql<Volumes['mix'][number]>`SELECT i.emergency_type, i.priority, count(*) AS incidents
    FROM incidents i WHERE ${incidentsOf(query)} GROUP BY 1, 2 ORDER BY 1, 2`
  const read = await Promise.all([days.execute(db.kysely), hours.execute(db.kysely), mix.execute(db.kysely)])
  return { zone, days: read[0].rows, hours: read[1].rows, mix: read[2].rows }
}
