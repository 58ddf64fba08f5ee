import type { AiFigures } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import { type Database, sql } from '../lib/db.ts'
import { callsOf } from './scope.ts'

type Counts = Omit<AiFigures, 'share_ai_alone' | 'time_to_location' | 'fields'>

async function readCounts(db: Database, query: AnalyticsQuery): Promise<Counts> {
  const { rows } = await sql<Counts>`SELECT count(*) AS calls, count(c.answered_by) AS answered,
      count(*) FILTER (WHERE c.answered_by = 'AI' AND c.handoff IS NULL) AS ai_alone,
      count(*) FILTER (WHERE c.answered_by = 'AI_THEN_HUMAN'
        OR (c.answered_by = 'AI' AND c.handoff IS NOT NULL)) AS handed_over,
      count(*) FILTER (WHERE c.answered_by = 'HUMAN') AS person_alone,
      count(*) FILTER (WHERE c.lost_contact) AS lost_contact
    FROM calls c LEFT JOIN incidents i ON i.id = c.incident_id WHERE ${callsOf(query)}`.execute(db.kysely)
  return rows[0] as Counts
}

type ToLocation = AiFigures['time_to_location']

/** From the ring to the first fact that told where; of calls that the AI answered and that were told one. */
async function readTimeToLocation(db: Database, query: AnalyticsQuery): Promise<ToLocation> {
  const { rows } = await sql<ToLocation>`WITH counts AS (
      SELECT ceil(greatest(extract(epoch FROM f.at - c.created_at)::float8, 0))::bigint AS s, count(*) AS n
      FROM calls c LEFT JOIN incidents i ON i.id = c.incident_id
      CROSS JOIN LATERAL (SELECT f.at FROM facts f WHERE f.call_id = c.id
        AND ((f.type = 'call_opened' AND f.data ?| array['location', 'latitude'])
          OR (f.type = 'call_updated' AND f.data -> 'changes' ?| array['location', 'latitude']))
        ORDER BY f.id LIMIT 1) f
      WHERE ${callsOf(query)} AND c.answered_by IN ('AI', 'AI_THEN_HUMAN') GROUP BY 1),
    sorted AS (SELECT s, sum(n) OVER (ORDER BY s) AS upto, sum(n) OVER () AS all_n FROM counts)
    SELECT coalesce(max(all_n), 0)::bigint AS n, min(s) FILTER (WHERE upto > floor(all_n * 5 / 10)) AS p50,
      min(s) FILTER (WHERE upto > floor(all_n * 9 / 10)) AS p90 FROM sorted`.execute(db.kysely)
  return rows[0] as ToLocation
}

type Field = AiFigures['fields'][number]

/** What people confirmed of what the AI understood, and what they corrected, by field. */
async function readFields(db: Database, query: AnalyticsQuery): Promise<Field[]> {
  const { rows } = await sql<Field>`SELECT f.data ->> 'field' AS field,
      count(*) FILTER (WHERE NOT (f.data ->> 'changed')::boolean) AS confirmed,
      count(*) FILTER (WHERE (f.data ->> 'changed')::boolean) AS corrected
    FROM facts f JOIN calls c ON c.id = f.call_id LEFT JOIN incidents i ON i.id = c.incident_id
    WHERE f.type = 'finding_confirmed' AND f.at >= ${query.from}::timestamptz AND ${callsOf(query)}
    GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 100`.execute(db.kysely)
  return rows
}

export async function readAi(db: Database, query: AnalyticsQuery): Promise<AiFigures> {
  const [counts, time_to_location, fields] = await Promise.all([
    readCounts(db, query),
    readTimeToLocation(db, query),
    readFields(db, query),
  ])
  const share_ai_alone = counts.answered > 0 ? counts.ai_alone / counts.answered : null
  return { ...counts, share_ai_alone, time_to_location, fields }
}
