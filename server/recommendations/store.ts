import { type AssignmentStatus, endedAssignments } from '@toneout/contract/model/assignment.ts'
import type { Hospital } from '@toneout/contract/model/hospital.ts'
import type { Incident, Priority } from '@toneout/contract/model/incident.ts'
import type { DutyStatus, UnitType } from '@toneout/contract/model/unit.ts'
import { type Database, listOf } from '../lib/db.ts'

type Place = 'latitude' | 'longitude'
export type AskedIncident = Pick<Incident, 'id' | 'emergency_type' | Place> & { priority: Priority }

export async function findIncident(db: Database, id: number): Promise<AskedIncident | undefined> {
  const text = 'SELECT id, emergency_type, priority, latitude, longitude FROM incidents WHERE id = $1'
  return (await db.pool.query<AskedIncident>({ name: 'plan-incident', text, values: [id] })).rows[0]
}

export type FleetUnit = {
  id: number
  unit_number: string
  unit_type: UnitType
  duty: DutyStatus
  latitude: number | null
  longitude: number | null
  position_at: string | null
  has_crew: boolean
  /** The live assignment and its incident; all null while free. */
  assignment_id: number | null
  assignment_status: AssignmentStatus | null
  incident_id: number | null
  incident_number: string | null
  priority: number | null
}

/**
 * How many are read of each unit type, the nearest by the straight line: those bound to the incident, free
 * ones that may go, those bound elsewhere, and the rest. Only large fleets have more.
 */
const mostOfEach = [1_000, 100, 40, 20]

/** Which units are looked at. */
export type Look = {
  incident: Pick<AskedIncident, 'id' | Place>
  unit_types: readonly UnitType[]
  /** ISO 8601; a position from before is too old to be sent by. */
  since: string
  /** Only units whose place is within, and those that are bound to the incident; everywhere when left out. */
  within?: Box
}

/** Degrees; it does not reach over the antimeridian. */
export type Box = { south: number; north: number; west: number; east: number }

const inBox = `AND (u.id IN (SELECT unit_id FROM assignments
        WHERE incident_id = $1 AND status NOT IN ${listOf(endedAssignments)})
      OR u.latitude BETWEEN $6::float8 AND $7::float8 AND u.longitude BETWEEN $8::float8 AND $9::float8)`

/**
 * Units in use of the types asked for, nearest first of each kind up to a limit; all that are bound to the
 * incident. Without a place of the incident, in the order of their numbers. A unit whose crew is known and
 * not available has none; where no crew is known, there is one. Near and far are told apart in PostgreSQL, so
 * that a large fleet costs this process no more than a small one.
 */
export async function readCandidates(db: Database, { incident, unit_types, since, within }: Look) {
  const text = `WITH crews AS MATERIALIZED (
      SELECT unit_id, bool_or(available) AS available FROM paramedics
      WHERE unit_id IS NOT NULL GROUP BY unit_id
    ), looked AS (
      SELECT u.id, u.unit_number, u.unit_type, u.duty, u.latitude, u.longitude, u.position_at,
        coalesce(c.available, true) AS has_crew,
        a.id AS assignment_id, a.incident_id, a.status AS assignment_status,
        array_position($2::text[], u.unit_type) * 4 + CASE
          WHEN a.incident_id = $1 THEN 0
          WHEN a.id IS NOT NULL THEN 2
          WHEN u.duty = 'AVAILABLE' AND coalesce(c.available, true)
            AND ($3::float8 IS NULL OR u.position_at >= $5::timestamptz) THEN 1
          ELSE 3 END AS stand,
        u.latitude - $3::float8 AS north,
        (u.longitude - $4::float8 - 360 * round((u.longitude - $4::float8) / 360))
          * cos(radians($3::float8)) AS east
      FROM units u
      LEFT JOIN crews c ON c.unit_id = u.id
      LEFT JOIN assignments a ON a.unit_id = u.id AND a.status NOT IN ${listOf(endedAssignments)}
      WHERE u.retired_at IS NULL AND u.unit_type = ANY($2::text[]) ${within ? inBox : ''}
    ), ranked AS (
      SELECT *, row_number() OVER (PARTITION BY stand
        ORDER BY north * north + east * east NULLS LAST, unit_number COLLATE "C") AS place
      FROM looked
    )
    SELECT r.id, r.unit_number, r.unit_type, r.duty, r.latitude, r.longitude, r.position_at, r.has_crew,
      r.incident_id, i.incident_number, r.assignment_id, r.assignment_status, i.priority
    FROM ranked r LEFT JOIN incidents i ON i.id = r.incident_id
    WHERE r.place <= (ARRAY[${mostOfEach}])[r.stand % 4 + 1] ORDER BY r.id`
  const { id, latitude, longitude } = incident
  const values: unknown[] = [id, unit_types, latitude, longitude, since]
  if (within) values.push(within.south, within.north, within.west, within.east)
  const name = within ? 'plan-units-near' : 'plan-units'
  return (await db.pool.query<FleetUnit>({ name, text, values })).rows
}

export type PlannedHospital = Pick<
  Hospital,
  'id' | 'name' | 'emergency_capacity' | 'diversion' | 'specialties' | 'latitude' | 'longitude'
> & { inbound: number }

export async function readHospitals(db: Database): Promise<PlannedHospital[]> {
  const text = `SELECT h.id, h.name, h.emergency_capacity, h.diversion, h.specialties, h.latitude,
      h.longitude,
      (SELECT count(*) FROM assignments a WHERE a.hospital_id = h.id
        AND a.status NOT IN ${listOf(endedAssignments)}) AS inbound
    FROM hospitals h WHERE h.retired_at IS NULL ORDER BY h.id LIMIT 1000`
  return (await db.pool.query<PlannedHospital>({ name: 'plan-hospitals', text })).rows
}
