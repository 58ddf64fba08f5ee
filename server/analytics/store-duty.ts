import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import { type Database, listOf, sql } from '../lib/db.ts'

type Period = { from: string; to: string; now: string }
/** A unit in use was on duty from one instant to another, in ms since 1970. */
export type Duty = { unit_id: number; since: number; upto: number }

/**
 * When units in use were on duty, from the facts of their duty: before the first one it was what that one
 * changed from, without any it is what it is now. A unit counts from the fact that added it.
 */
export async function readDuty(db: Database, { from, to, now }: Period): Promise<Duty[]> {
  const { rows } = await sql<Duty>`WITH changes AS (SELECT f.unit_id, f.at, f.data ->> 'from' AS was,
      f.data ->> 'to' AS became, lag(f.at) OVER w AS before, lead(f.at) OVER w AS next
    FROM facts f WHERE f.type = 'unit_duty_changed' WINDOW w AS (PARTITION BY f.unit_id ORDER BY f.id)),
  added AS (SELECT f.unit_id, min(f.at) AS at FROM facts f
    WHERE f.type = 'unit_changed' AND f.data ->> 'action' = 'created' GROUP BY 1),
  spans AS (SELECT unit_id, became AS duty, at AS since, coalesce(next, 'infinity') AS upto FROM changes
    UNION ALL SELECT unit_id, was, '-infinity', at FROM changes WHERE before IS NULL
    UNION ALL SELECT u.id, u.duty, '-infinity', 'infinity' FROM units u
      WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c.unit_id = u.id)),
  duty AS (SELECT u.id AS unit_id, greatest(s.since, d.at, ${from}::timestamptz) AS since,
      least(s.upto, ${to}::timestamptz, ${now}::timestamptz) AS upto
    FROM units u JOIN spans s ON s.unit_id = u.id LEFT JOIN added d ON d.unit_id = u.id
    WHERE s.duty = 'AVAILABLE' AND u.retired_at IS NULL)
  SELECT unit_id, round(date_part('epoch', since) * 1000) AS since,
    round(date_part('epoch', upto) * 1000) AS upto FROM duty WHERE since < upto
    ORDER BY unit_id, since`.execute(db.kysely)
  return rows
}

export type Diverted = {
  id: number
  name: string
  retired: boolean
  inbound: number
  closed_s: number
  advisory_s: number
}

/**
 * How long each hospital was closed or only advised, from the facts of its changes: before the first one it
 * was what that one changed from, without any it is what it is now.
 */
export async function readDiversion(db: Database, { from, to, now }: Period): Promise<Diverted[]> {
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
