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

/** Units in use. One whose crew is known and not available has none; where no crew is known, there is one. */
export async function readFleet(db: Database): Promise<FleetUnit[]> {
  const text = `SELECT u.id, u.unit_number, u.unit_type, u.duty, u.latitude, u.longitude, u.position_at,
      NOT EXISTS (SELECT FROM paramedics p WHERE p.unit_id = u.id)
        OR EXISTS (SELECT FROM paramedics p WHERE p.unit_id = u.id AND p.available) AS has_crew,
      a.incident_id, i.incident_number, a.id AS assignment_id, a.status AS assignment_status,
      i.priority
    FROM units u
    LEFT JOIN assignments a ON a.unit_id = u.id AND a.status NOT IN ${listOf(endedAssignments)}
    LEFT JOIN incidents i ON i.id = a.incident_id
    WHERE u.retired_at IS NULL ORDER BY u.id LIMIT ${limit}`
  return (await db.pool.query<FleetUnit>({ name: 'plan-fleet', text })).rows
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
