import { type Figure, type FigureName, type IntervalsQuery, targets } from '@toneout/contract/model/analytics.ts'
import type { RawBuilder } from 'kysely'
import { type Database, sql } from '../lib/db.ts'
import { callsOf, incidentsOf, isAmbulance, milestone, unitsOf, zoneOf } from './scope.ts'

type Part = RawBuilder<unknown>
type By = IntervalsQuery['by']

/** What incident `i` is counted under. A call without an incident is under no priority and no type. */
function groupOf(by: By, day: string, zone: string): Part {
  if (by === 'PRIORITY') return sql`i.priority::text`
  if (by === 'EMERGENCY_TYPE') return sql`i.emergency_type`
  if (by === 'DAY') return sql`to_char(${sql.ref(day)} AT TIME ZONE ${zone}, 'YYYY-MM-DD')`
  return sql`'all'`
}

/** Runs of the incidents, each with its milestones as they count. */
function runsOf(query: IntervalsQuery): Part {
  return sql`SELECT a.incident_id, ${isAmbulance} AS is_ambulance, ${unitsOf(query)} AS is_measured,
      ${query.by === 'STATION' ? sql`u.station_id::text` : groupOf(query.by, 'i.received_at', zoneOf(query))} AS grp,
      ${milestone('assigned_at')} AS assigned_at, ${milestone('en_route_at')} AS en_route_at,
      ${milestone('on_scene_at')} AS on_scene_at, ${milestone('transporting_at')} AS transporting_at,
      ${milestone('at_hospital_at')} AS at_hospital_at, ${milestone('cleared_at')} AS cleared_at,
      ${milestone('handover_done_at')} AS handover_done_at
    FROM incidents i JOIN assignments a ON a.incident_id = i.id JOIN units u ON u.id = a.unit_id
    WHERE ${incidentsOf(query)}`
}

const runSpans = sql`SELECT r.grp, v.name, v.start, v.since, v.until
  FROM runs r CROSS JOIN LATERAL (VALUES
    ('turnout', 'assigned_at', r.assigned_at, r.en_route_at),
    ('travel', 'en_route_at', r.en_route_at, r.on_scene_at),
    ('response', 'assigned_at', r.assigned_at, r.on_scene_at),
    ('scene', 'on_scene_at', r.on_scene_at,
      CASE WHEN coalesce(r.transporting_at, r.at_hospital_at, r.handover_done_at) IS NULL
        THEN r.cleared_at ELSE r.transporting_at END),
    ('transport', 'transporting_at', r.transporting_at, r.at_hospital_at),
    ('wall_time', 'at_hospital_at', r.at_hospital_at, r.cleared_at),
    ('task', 'assigned_at', r.assigned_at, r.cleared_at)) AS v(name, start, since, until)
  WHERE r.is_measured AND r.grp IS NOT NULL AND v.since IS NOT NULL AND v.until IS NOT NULL`

/** The spans of incidents, as contract/model/intervals.ts has them of one. */
function incidentSpans(query: IntervalsQuery): Part {
  return sql`SELECT o.grp, v.name, v.start, v.since, v.until
    FROM (SELECT ${groupOf(query.by, 'i.received_at', zoneOf(query))} AS grp, i.received_at,
        c.created_at AS ring, c.answered_at, f.first_assigned, f.first_there, f.first_ambulance,
        c.created_at IS NOT NULL AND c.created_at <= i.received_at AS by_call
      FROM incidents i
      LEFT JOIN (SELECT incident_id, min(assigned_at) AS first_assigned, min(on_scene_at) AS first_there,
          min(on_scene_at) FILTER (WHERE is_ambulance) AS first_ambulance FROM runs GROUP BY incident_id) f
        ON f.incident_id = i.id
      LEFT JOIN LATERAL (SELECT c.created_at, c.answered_at FROM calls c WHERE c.incident_id = i.id
        ORDER BY c.created_at, c.id LIMIT 1) c ON true
      WHERE ${incidentsOf(query)}) o
    CROSS JOIN LATERAL (SELECT CASE WHEN o.by_call THEN o.ring ELSE o.received_at END AS known,
      CASE WHEN o.by_call THEN 'call_received' ELSE 'incident_received' END AS began) k
    CROSS JOIN LATERAL (VALUES
      ('processing', 'call_answered', o.answered_at, o.first_assigned),
      ('total_response', k.began, k.known, o.first_there),
      ('total_response_ambulance', k.began, k.known, o.first_ambulance)) AS v(name, start, since, until)
    WHERE v.since IS NOT NULL AND v.until IS NOT NULL`
}

function callSpans(query: IntervalsQuery): Part {
  const group = groupOf(query.by, 'c.created_at', zoneOf(query))
  return sql`SELECT ${group} AS grp, 'answer' AS name, 'call_received' AS start, c.created_at AS since,
      c.answered_at AS until
    FROM calls c LEFT JOIN incidents i ON i.id = c.incident_id
    WHERE ${callsOf(query)} AND c.answered_at IS NOT NULL AND ${group} IS NOT NULL`
}

const targetRows = sql.join(
  Object.entries(targets).map(([name, target]) => sql`(${sql.lit(name)}, ${sql.lit(target.seconds)})`),
)

/**
 * Values are counted by whole seconds, rounded up, so that a value is within a target of whole seconds just
 * when its count is. A percentile is the value at index floor(p n) of the sorted ones, from 0 on.
 */
export const figuresOf = (spans: Part) => sql`counts AS (
    SELECT grp, name, start, s.is_wrong, s.seconds, count(*) AS n FROM (${spans}) AS spans
    CROSS JOIN LATERAL (SELECT until < since AS is_wrong,
      ceil(extract(epoch FROM until - since)::float8)::bigint AS seconds) s
    GROUP BY 1, 2, 3, 4, 5),
  sorted AS (
    SELECT grp, name, seconds, sum(n) AS n, sum(sum(n)) OVER (PARTITION BY grp, name ORDER BY seconds) AS upto,
      sum(sum(n)) OVER (PARTITION BY grp, name) AS all_n
    FROM counts WHERE NOT is_wrong GROUP BY grp, name, seconds),
  percentiles AS (
    SELECT s.grp, s.name, max(s.all_n)::bigint AS n,
      min(s.seconds) FILTER (WHERE s.upto > floor(s.all_n * 5 / 10)) AS p50,
      min(s.seconds) FILTER (WHERE s.upto > floor(s.all_n * 9 / 10)) AS p90,
      coalesce(sum(s.n) FILTER (WHERE s.seconds <= t.target), 0)::bigint AS within
    FROM sorted s LEFT JOIN (VALUES ${targetRows}) AS t(name, target) ON t.name = s.name
    GROUP BY s.grp, s.name)
  SELECT c.grp AS group, c.name, coalesce(max(p.n), 0)::bigint AS n,
    coalesce(sum(c.n) FILTER (WHERE c.is_wrong), 0)::bigint AS excluded,
    max(p.p50) AS p50, max(p.p90) AS p90, coalesce(max(p.within), 0)::bigint AS within,
    json_object_agg(c.start, c.n) FILTER (WHERE NOT c.is_wrong) AS starts
  FROM (SELECT grp, name, start, is_wrong, sum(n) AS n FROM counts GROUP BY 1, 2, 3, 4) c
  LEFT JOIN percentiles p ON p.grp = c.grp AND p.name = c.name
  GROUP BY c.grp, c.name ORDER BY c.grp, c.name`

export type FigureRow = {
  group: string
  name: FigureName
  n: number
  excluded: number
  p50: number | null
  p90: number | null
  within: number
  starts: Record<string, number> | null
}

function shown({ starts, within, ...row }: FigureRow): Figure {
  const target = targets[row.name]?.seconds ?? null
  const isMeasured = target !== null && row.n > 0
  return {
    ...row,
    target,
    within: target === null ? null : within,
    share_within: isMeasured ? within / row.n : null,
    clock_starts: Object.entries(starts ?? {}).map(([start, n]) => ({ start, n })),
  }
}

export async function readFigures(db: Database, query: IntervalsQuery): Promise<Figure[]> {
  const more = query.by === 'STATION' ? [] : [incidentSpans(query), callSpans(query)]
  const spans = sql.join([runSpans, ...more], sql` UNION ALL `)
  const text = sql<FigureRow>`WITH runs AS MATERIALIZED (${runsOf(query)}), ${figuresOf(spans)}`
  return (await text.execute(db.kysely)).rows.map(shown)
}
