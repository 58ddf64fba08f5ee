import type { Utilisation } from '@toneout/contract/model/analytics.ts'
import type { UnitsQuery } from '@toneout/contract/model/analytics-query.ts'
import type { RawBuilder } from 'kysely'
import { type Database, sql } from '../lib/db.ts'
import { incidentFilter, milestone, unitsOf } from './scope.ts'

type Part = RawBuilder<unknown>

const clipped = (since: string, until: string) =>
  sql.raw(
    `coalesce(greatest(extract(epoch FROM least(${until}, upto) - greatest(${since}, since))::float8, 0), 0)`,
  )

const asksIncident = ({ priority, emergency_type, shift, area }: UnitsQuery) =>
  [priority, emergency_type, shift, area].some((filter) => filter !== undefined)

const stages = sql`${milestone('on_scene_at')} AS there, ${milestone('transporting_at')} AS left_at,
  ${milestone('at_hospital_at')} AS at_hospital,`

/**
 * Runs that reach into the period. A run of ours that goes on is busy until now; one of imported history
 * without an end is no figure. Diverted and cancelled runs were busy until then.
 */
function runsIn(query: UnitsQuery, now: string, inFull = false): Part {
  const { from, to } = query
  const ofIncident = incidentFilter({ ...query, station_id: undefined })
  return sql`SELECT u.id AS unit_id, u.unit_number, ${inFull ? stages : sql``}
      ${milestone('assigned_at')} AS began,
      coalesce(${milestone('cleared_at')}, ${milestone('cancelled_at')}, ${milestone('diverted_at')},
        CASE WHEN a.import_source IS NULL THEN ${now}::timestamptz END) AS ended,
      ${from}::timestamptz AS since, least(${to}, ${now})::timestamptz AS upto
    FROM assignments a JOIN units u ON u.id = a.unit_id
    ${asksIncident(query) ? sql`JOIN incidents i ON i.id = a.incident_id AND ${ofIncident}` : sql``}
    WHERE a.assigned_at >= ${from}::timestamptz - interval '7 days'
      AND a.assigned_at < ${to}::timestamptz AND ${unitsOf(query)}`
}

/** Runs whose end is known and after their beginning, and that reach into the period. */
const busy = sql`busy AS MATERIALIZED (SELECT * FROM runs
  WHERE ended >= began AND ended > since AND began < upto)`

type Work = Utilisation['units'][number]
type WorkRow = Omit<Work, 'staffed_s' | 'uhu'>

async function readWork(db: Database, runs: Part): Promise<WorkRow[]> {
  const { rows } = await sql<WorkRow>`WITH runs AS MATERIALIZED (${runs}), ${busy}
    SELECT unit_id, unit_number, count(*) AS runs, sum(${clipped('began', 'ended')}) AS busy_s,
      sum(${clipped('began', 'least(coalesce(there, left_at, at_hospital, ended), ended)')}) AS to_scene_s,
      sum(${clipped('there', 'least(coalesce(left_at, at_hospital, ended), ended)')}) AS on_scene_s,
      sum(${clipped('left_at', 'least(coalesce(at_hospital, ended), ended)')}) AS transport_s,
      sum(${clipped('at_hospital', 'ended')}) AS at_hospital_s
    FROM busy GROUP BY unit_id, unit_number ORDER BY busy_s DESC, unit_number`.execute(db.kysely)
  return rows
}

type AtOnce = { excluded: number; most: number }

/** A run that ends when another begins is not beside it. */
async function readAtOnce(db: Database, runs: Part): Promise<AtOnce> {
  const { rows } = await sql<AtOnce>`WITH runs AS MATERIALIZED (${runs}), ${busy},
    steps AS (SELECT began AS at, 1 AS step FROM busy UNION ALL SELECT ended, -1 FROM busy),
    level AS (SELECT sum(step) OVER (ORDER BY at, step ROWS UNBOUNDED PRECEDING) AS n FROM steps)
    SELECT coalesce(max(n), 0)::bigint AS most,
      (SELECT count(*) FROM runs WHERE began >= since AND (ended IS NULL OR ended < began)) AS excluded
    FROM level`.execute(db.kysely)
  return rows[0] as AtOnce
}

/**
 * When units in use were on duty, from the facts of their duty: before the first one it was what that one
 * changed from, without any it is what it is now. A unit counts from the fact that added it.
 */
function dutyIn(query: UnitsQuery, now: string): Part {
  return sql`changes AS (SELECT f.unit_id, f.at, f.data ->> 'from' AS was, f.data ->> 'to' AS became,
      lag(f.at) OVER w AS before, lead(f.at) OVER w AS next
    FROM facts f WHERE f.type = 'unit_duty_changed' WINDOW w AS (PARTITION BY f.unit_id ORDER BY f.id)),
  added AS (SELECT f.unit_id, min(f.at) AS at FROM facts f
    WHERE f.type = 'unit_changed' AND f.data ->> 'action' = 'created' GROUP BY 1),
  spans AS (SELECT unit_id, became AS duty, at AS since, coalesce(next, 'infinity') AS upto FROM changes
    UNION ALL SELECT unit_id, was, '-infinity', at FROM changes WHERE before IS NULL
    UNION ALL SELECT u.id, u.duty, '-infinity', 'infinity' FROM units u
      WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c.unit_id = u.id)),
  duty AS MATERIALIZED (SELECT u.id AS unit_id, greatest(s.since, d.at, ${query.from}::timestamptz) AS since,
      least(s.upto, ${query.to}::timestamptz, ${now}::timestamptz) AS upto
    FROM units u JOIN spans s ON s.unit_id = u.id LEFT JOIN added d ON d.unit_id = u.id
    WHERE s.duty = 'AVAILABLE' AND u.retired_at IS NULL AND ${unitsOf(query)}
      AND greatest(s.since, d.at, ${query.from}::timestamptz)
        < least(s.upto, ${query.to}::timestamptz, ${now}::timestamptz))`
}

type Duty = { unit_id: number; staffed_s: number; busy_on_duty_s: number }

/** Seconds on duty, and of these on a run. */
async function readDuty(db: Database, runs: Part, duty: Part): Promise<Duty[]> {
  const { rows } = await sql<Duty>`WITH runs AS MATERIALIZED (${runs}), ${busy}, ${duty}
    SELECT d.unit_id, sum(extract(epoch FROM d.upto - d.since))::float8 AS staffed_s,
      coalesce(sum(b.s), 0)::float8 AS busy_on_duty_s
    FROM duty d LEFT JOIN LATERAL (SELECT sum(extract(epoch FROM
        least(b.ended, d.upto) - greatest(b.began, d.since))) AS s
      FROM busy b WHERE b.unit_id = d.unit_id AND b.began < d.upto AND b.ended > d.since) b ON true
    GROUP BY d.unit_id`.execute(db.kysely)
  return rows
}

/** Seconds without a unit that is on duty and on no run. */
async function readLevelZero(db: Database, runs: Part, duty: Part, ends: readonly string[]): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`WITH runs AS MATERIALIZED (${runs}), ${busy}, ${duty},
    taken AS (SELECT greatest(b.began, d.since) AS since, least(b.ended, d.upto) AS upto
      FROM busy b JOIN duty d ON d.unit_id = b.unit_id AND b.began < d.upto AND b.ended > d.since),
    steps AS (SELECT since AS at, 1 AS step FROM duty UNION ALL SELECT upto, -1 FROM duty
      UNION ALL SELECT since, -1 FROM taken UNION ALL SELECT upto, 1 FROM taken
      UNION ALL SELECT end_at, 0 FROM unnest(${ends}::timestamptz[]) AS end_at),
    level AS (SELECT at, sum(step) OVER (ORDER BY at) AS free, lead(at) OVER (ORDER BY at) AS next FROM steps)
    SELECT coalesce(sum(extract(epoch FROM next - at)) FILTER (WHERE free <= 0), 0)::float8 AS seconds
    FROM level`.execute(db.kysely)
  return rows[0]?.seconds ?? 0
}

export async function readUtilisation(db: Database, query: UnitsQuery, now: string): Promise<Utilisation> {
  const [runs, duty] = [runsIn(query, now), dutyIn(query, now)]
  // Whether a unit is free is no matter of the incident it is asked about.
  const { from, to, station_id, units } = query
  const until = new Date(Math.max(Date.parse(from), Math.min(Date.parse(to), Date.parse(now)))).toISOString()
  const all = runsIn({ from, to, station_id, units } as UnitsQuery, now)
  const [work, atOnce, staffed, level_zero_s] = await Promise.all([
    readWork(db, runsIn(query, now, true)),
    readAtOnce(db, runs),
    readDuty(db, runs, duty),
    readLevelZero(db, all, duty, [from, until]),
  ])
  const seconds = (Date.parse(until) - Date.parse(from)) / 1_000
  const known = new Map(staffed.map((one) => [one.unit_id, one]))
  const sum = (name: 'staffed_s' | 'busy_on_duty_s') => staffed.reduce((all, one) => all + one[name], 0)
  const busySeconds = work.reduce((sum, { busy_s }) => sum + busy_s, 0)
  return {
    units: work.map((one) => {
      const on = known.get(one.unit_id)
      const uhu = on && on.staffed_s > 0 ? on.busy_on_duty_s / on.staffed_s : null
      return { ...one, staffed_s: on?.staffed_s ?? null, uhu }
    }),
    excluded: atOnce.excluded,
    busy_mean: seconds > 0 ? busySeconds / seconds : 0,
    busy_most: atOnce.most,
    staffed_s: staffed.length > 0 ? sum('staffed_s') : null,
    uhu: staffed.length > 0 ? sum('busy_on_duty_s') / sum('staffed_s') : null,
    level_zero_s: staffed.length > 0 ? level_zero_s : null,
  }
}
