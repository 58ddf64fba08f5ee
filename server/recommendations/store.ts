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

/** More units than any centre has. */
const limit = 10_000
/** Of each type, the nearest of those that may go and of the others: far more than any plan looks at. */
const nearest = 200

/** What is asked about, and since when positions are of use (ISO 8601). */
export type Near = { id: number; latitude: number | null; longitude: number | null; usableSince: string }

/** The shorter way round the earth, in degrees, as far as it takes to tell near from far. */
const farness = `(u.latitude - $2::float8) ^ 2 + (cos(radians($2::float8))
  * least(abs(u.longitude - $3::float8), 360 - abs(u.longitude - $3::float8))) ^ 2`

const columns = `u.id, u.unit_number, u.unit_type, u.duty, u.latitude, u.longitude, u.position_at,
  NOT EXISTS (SELECT FROM paramedics p WHERE p.unit_id = u.id)
    OR EXISTS (SELECT FROM paramedics p WHERE p.unit_id = u.id AND p.available) AS has_crew,
  i.id AS incident_id, i.incident_number, u.assignment_id, u.assignment_status, i.priority`
const inUse = `SELECT u.id, u.unit_number, u.unit_type, u.duty, u.latitude, u.longitude, u.position_at,
    a.id AS assignment_id, a.status AS assignment_status, a.incident_id
  FROM units u LEFT JOIN assignments a ON a.unit_id = u.id AND a.status NOT IN ${listOf(endedAssignments)}
  WHERE u.retired_at IS NULL`

/**
 * Units in use: those bound to the incident, and of each type the nearest, or without coordinates the first
 * by number. One whose crew is known and not available has none; where no crew is known, there is one.
 * Rows of a large fleet cost more to read than to rank.
 */
export async function readFleet(db: Database, near: Near): Promise<FleetUnit[]> {
  const text = `SELECT ${columns} FROM (
      SELECT u.*, row_number() OVER (PARTITION BY u.unit_type,
        u.assignment_id IS NULL AND u.duty = 'AVAILABLE' AND u.position_at > $4::timestamptz
        ORDER BY ${farness}, u.unit_number) AS place
      FROM (${inUse}) u) u
    LEFT JOIN incidents i ON i.id = u.incident_id
    WHERE u.place <= ${nearest} OR u.incident_id = $1 ORDER BY u.id LIMIT ${limit}`
  const values = [near.id, near.latitude, near.longitude, near.usableSince]
  return (await db.pool.query<FleetUnit>({ name: 'plan-fleet', text, values })).rows
}

/** The same of the whole fleet. */
export async function readWholeFleet(db: Database): Promise<FleetUnit[]> {
  const text = `SELECT ${columns} FROM (${inUse}) u LEFT JOIN incidents i ON i.id = u.incident_id
    ORDER BY u.id LIMIT ${limit}`
  return (await db.pool.query<FleetUnit>({ name: 'plan-whole-fleet', text })).rows
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
