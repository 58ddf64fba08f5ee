import type { HospitalFigures } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import { type Database, listOf, sql } from '../lib/db.ts'
import { countsOf, type FigureRow, figuresOf } from './figures.ts'
import { incidentsOf, milestone, unitsOf } from './scope.ts'

type Shown = HospitalFigures['results'][number]

/** Wall times under the hospital's number; under none where the run names none. */
async function readWallTimes(db: Database, query: AnalyticsQuery): Promise<FigureRow[]> {
  const from = sql`(SELECT coalesce(a.hospital_id::text, '') AS grp,
      ${milestone('at_hospital_at')} AS arrived,
      ${milestone('cleared_at')} AS cleared
    FROM incidents i JOIN assignments a ON a.incident_id = i.id JOIN units u ON u.id = a.unit_id
    WHERE ${incidentsOf(query)} AND ${unitsOf(query)}) AS runs`
  const start = sql.lit('at_hospital_at')
  const spans = countsOf(from, { name: 'wall_time', start, since: 'arrived', until: 'cleared' })
  return (await sql<FigureRow>`WITH ${figuresOf(spans)}`.execute(db.kysely)).rows
}

type Arrivals = { id: number | null; n: number }

async function readArrivals(db: Database, query: AnalyticsQuery): Promise<Arrivals[]> {
  const { rows } = await sql<Arrivals>`SELECT a.hospital_id AS id, count(*) AS n
    FROM incidents i JOIN assignments a ON a.incident_id = i.id JOIN units u ON u.id = a.unit_id
    WHERE ${incidentsOf(query)} AND ${unitsOf(query)} AND ${milestone('at_hospital_at')} IS NOT NULL
    GROUP BY 1`.execute(db.kysely)
  return rows
}

type Diverted = { id: number; name: string; retired: boolean; inbound: number } & Pick<
  Shown,
  'closed_s' | 'advisory_s'
>

/**
 * How long each hospital was closed or only advised, from the facts of its changes: before the first one it
 * was what that one changed from, without any it is what it is now.
 */
async function readDiversion(db: Database, { from, to }: AnalyticsQuery, now: string): Promise<Diverted[]> {
  const within = (duty: string) => sql`coalesce(sum(extract(epoch FROM least(s.upto, ${to}::timestamptz,
      ${now}::timestamptz) - greatest(s.since, ${from}::timestamptz)))
    FILTER (WHERE s.diversion = ${sql.lit(duty)}), 0)::float8`
  const { rows } = await sql<Diverted>`WITH changes AS (
      SELECT (f.data ->> 'hospital_id')::bigint AS id, f.at, f.data #>> '{changes,diversion,from}' AS was,
        f.data #>> '{changes,diversion,to}' AS became, lag(f.at) OVER w AS before, lead(f.at) OVER w AS next
      FROM facts f WHERE f.type = 'hospital_changed' AND f.data #> '{changes,diversion}' IS NOT NULL
      WINDOW w AS (PARTITION BY f.data ->> 'hospital_id' ORDER BY f.id)),
    spans AS (SELECT id, became AS diversion, at AS since, coalesce(next, 'infinity') AS upto FROM changes
      UNION ALL SELECT id, was, '-infinity', at FROM changes WHERE before IS NULL AND was IS NOT NULL
      UNION ALL SELECT h.id, h.diversion, '-infinity', 'infinity' FROM hospitals h
        WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c.id = h.id))
    SELECT h.id, h.name, h.retired_at IS NOT NULL AS retired, ${within('CLOSED')} AS closed_s,
      ${within('ADVISORY')} AS advisory_s,
      (SELECT count(*) FROM assignments a WHERE a.hospital_id = h.id
        AND a.status NOT IN ${sql.raw(listOf(endedAssignments))} AND a.at_hospital_at IS NULL) AS inbound
    FROM hospitals h LEFT JOIN spans s ON s.id = h.id AND s.upto > ${from}::timestamptz
      AND s.since < least(${to}, ${now})::timestamptz
    GROUP BY h.id ORDER BY h.name LIMIT 500`.execute(db.kysely)
  return rows
}

export async function readHospitals(
  db: Database,
  query: AnalyticsQuery,
  now: string,
): Promise<HospitalFigures> {
  const [walls, arrivals, hospitals] = await Promise.all([
    readWallTimes(db, query),
    readArrivals(db, query),
    readDiversion(db, query, now),
  ])
  const figure = (id: number | null) => {
    const wall = walls.find(({ group }) => group === String(id ?? ''))
    const came = arrivals.find((one) => one.id === id)?.n ?? 0
    const { n = 0, excluded = 0, p50 = null, p90 = null } = wall ?? {}
    return { hospital_id: id, arrivals: came, n, excluded, p50, p90 }
  }
  const named = hospitals
    .map(({ id, retired, ...one }) => ({ ...figure(id), ...one, retired }))
    .filter((one) => !one.retired || one.arrivals > 0)
    .map(({ retired: _, ...one }) => one)
  const none = { ...figure(null), name: null, inbound: 0, closed_s: 0, advisory_s: 0 }
  return { results: none.arrivals > 0 ? [...named, none] : named }
}
