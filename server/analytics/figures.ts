import { type Figure, type FigureName, targets } from '@toneout/contract/model/analytics.ts'
import type { IntervalsQuery } from '@toneout/contract/model/analytics-query.ts'
import type { RawBuilder } from 'kysely'
import { type Database, sql } from '../lib/db.ts'
import { callsOf, incidentsOf, isAmbulance, milestone, unitsOf, zoneOf } from './scope.ts'

type Part = RawBuilder<unknown>
type By = IntervalsQuery['by']

/** What incident `i` is counted under. A call without an incident is under no priority and no type. */
function groupOf(by: By, day: string, zone: string): Part {
  if (by === 'PRIORITY') return sql`i.priority::text`
  if (by === 'EMERGENCY_TYPE') return sql`i.emergency_type`
  if (by === 'DAY') return sql`(${sql.ref(day)} AT TIME ZONE ${zone})::date::text`
  return sql`'all'`
}

/** Runs of the incidents, with their milestones as they count; a row without a run where none was sent. */
function runsOf(query: IntervalsQuery): Part {
  const group =
    query.by === 'STATION' ? sql`u.station_id::text` : groupOf(query.by, 'i.received_at', zoneOf(query))
  return sql`SELECT i.id AS incident_id, i.received_at, ${isAmbulance} AS is_ambulance,
      ${unitsOf(query)} AS is_measured,
      ${group} AS grp,
      ${milestone('assigned_at')} AS assigned_at, ${milestone('en_route_at')} AS en_route_at,
      ${milestone('on_scene_at')} AS on_scene_at, ${milestone('transporting_at')} AS transporting_at,
      ${milestone('at_hospital_at')} AS at_hospital_at, ${milestone('cleared_at')} AS cleared_at,
      ${milestone('handover_done_at')} AS handover_done_at
    FROM incidents i LEFT JOIN assignments a ON a.incident_id = i.id LEFT JOIN units u ON u.id = a.unit_id
    WHERE ${incidentsOf(query)}`
}

/** One interval: what it is counted from, and its ends, as columns of the rows it is counted over. */
type Span = { name: FigureName; start: Part; since: string; until: string }

/**
 * Counts by whole seconds, rounded up, so that a value is within a target of whole seconds just when its
 * count is. Each interval is counted by itself: rows that are first multiplied by their intervals take three
 * times as long.
 */
export const countsOf = (from: Part, { name, start, since, until }: Span): Part =>
  sql`SELECT grp, ${sql.lit(name)} AS name, ${start} AS start,
      ${sql.ref(until)} < ${sql.ref(since)} AS is_wrong,
      ceil(date_part('epoch', ${sql.ref(until)} - ${sql.ref(since)}))::bigint AS seconds, count(*) AS n
    FROM ${from} WHERE grp IS NOT NULL AND ${sql.ref(since)} IS NOT NULL AND ${sql.ref(until)} IS NOT NULL
    GROUP BY 1, 3, 4, 5`

const runSpans = (
  [
    ['turnout', 'assigned_at', 'en_route_at'],
    ['travel', 'en_route_at', 'on_scene_at'],
    ['response', 'assigned_at', 'on_scene_at'],
    ['scene', 'on_scene_at', 'left_at'],
    ['transport', 'transporting_at', 'at_hospital_at'],
    ['wall_time', 'at_hospital_at', 'cleared_at'],
    ['task', 'assigned_at', 'cleared_at'],
  ] as const
).map(([name, since, until]) => countsOf(sql`measured`, { name, start: sql.lit(since), since, until }))

/** What the intervals of incidents are between, as contract/model/intervals.ts has it of one. */
const coursesOf = sql`SELECT o.*, c.answered_at,
    CASE WHEN c.created_at <= o.received_at THEN c.created_at ELSE o.received_at END AS known,
    CASE WHEN c.created_at <= o.received_at THEN 'call_received' ELSE 'incident_received' END AS began
  FROM (SELECT incident_id, min(grp) AS grp, min(received_at) AS received_at,
      min(assigned_at) AS first_assigned, min(on_scene_at) AS first_there,
      min(on_scene_at) FILTER (WHERE is_ambulance) AS first_ambulance FROM runs GROUP BY incident_id) o
  LEFT JOIN LATERAL (SELECT c.created_at, c.answered_at FROM calls c WHERE c.incident_id = o.incident_id
    ORDER BY c.created_at, c.id LIMIT 1) c ON true`

const courses = sql`courses`
const began = sql.ref('began')
const incidentSpans = [
  countsOf(courses, {
    ...{ name: 'processing', start: sql.lit('call_answered') },
    ...{ since: 'answered_at', until: 'first_assigned' },
  }),
  countsOf(courses, { name: 'total_response', start: began, since: 'known', until: 'first_there' }),
  countsOf(courses, {
    ...{ name: 'total_response_ambulance', start: began },
    ...{ since: 'known', until: 'first_ambulance' },
  }),
]

function answerSpans(query: IntervalsQuery): Part {
  const group = groupOf(query.by, 'c.created_at', zoneOf(query))
  const from = sql`(SELECT ${group} AS grp, c.created_at, c.answered_at FROM calls c
    LEFT JOIN incidents i ON i.id = c.incident_id WHERE ${callsOf(query)}) AS rang`
  const start = sql.lit('call_received')
  return countsOf(from, { name: 'answer', start, since: 'created_at', until: 'answered_at' })
}

const targetRows = sql.join(
  Object.entries(targets).map(([name, target]) => sql`(${sql.lit(name)}, ${sql.lit(target.seconds)})`),
)

/** Figures of the counts. A percentile is the value at index floor(p n) of the sorted ones, from 0 on. */
export const figuresOf = (counts: Part) => sql`counts AS (${counts}),
  sorted AS (
    SELECT grp, name, seconds, sum(n) AS n,
      sum(sum(n)) OVER (PARTITION BY grp, name ORDER BY seconds) AS upto,
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
  const isByUnit = query.by === 'STATION'
  const more = isByUnit ? [] : [...incidentSpans, answerSpans(query)]
  const counts = sql.join([...runSpans, ...more], sql` UNION ALL `)
  const text = sql<FigureRow>`WITH runs AS MATERIALIZED (${runsOf(query)}),
    measured AS MATERIALIZED (SELECT *, CASE WHEN coalesce(transporting_at, at_hospital_at, handover_done_at)
      IS NULL THEN cleared_at ELSE transporting_at END AS left_at FROM runs WHERE is_measured),
    ${isByUnit ? sql`` : sql`courses AS MATERIALIZED (${coursesOf}),`} ${figuresOf(counts)}`
  return (await text.execute(db.kysely)).rows.map(shown)
}
