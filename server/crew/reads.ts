import { type Assignment, assignment, endedAssignments } from '@toneout/contract/model/assignment.ts'
import type { CrewView } from '@toneout/contract/model/crew.ts'
import type { DutyStatus } from '@toneout/contract/model/unit.ts'
import type { Context } from '../context.ts'
import { unitStatus } from '../dispatch/rules.ts'
import { columnsOf, type Database, listOf } from '../lib/db.ts'
import { crowTimes } from '../lib/geo.ts'
import { readIncidentOfCrew } from './reads-incident.ts'
import { findPosts } from './reads-posts.ts'

const live = `a.status NOT IN ${listOf(endedAssignments)}`
type Unit = NonNullable<CrewView['unit']>
type Incident = NonNullable<CrewView['incident']>
type Bound = Pick<CrewView, 'hospital'> & { assignment: Assignment; incident: Incident }
type UnitRow = Omit<Unit, 'status'> & {
  duty: DutyStatus
  latitude: number | null
  longitude: number | null
  position_at: string | null
}

async function findUnit(db: Database, id: number): Promise<UnitRow | undefined> {
  const text = `SELECT u.id, u.unit_number, u.unit_type, u.duty, u.latitude, u.longitude, u.position_at,
      d.raised_at AS duress_at, d.acknowledged_at AS duress_seen_at,
      ARRAY(SELECT p.full_name FROM paramedics p WHERE p.unit_id = u.id ORDER BY p.full_name LIMIT 20) AS crew
    FROM units u LEFT JOIN duress_alarms d ON d.unit_id = u.id AND d.cleared_at IS NULL WHERE u.id = $1`
  return (await db.pool.query<UnitRow>({ name: 'crew-unit', text, values: [id] })).rows[0]
}

/** What a unit is sent to now. */
async function findBound(db: Database, unitId: number): Promise<Bound | undefined> {
  const text = `SELECT ${columnsOf(Object.keys(assignment.shape), 'a')},
      json_build_object('id', i.id, 'incident_number', i.incident_number, 'status', i.status,
        'priority', i.priority, 'emergency_type', i.emergency_type, 'location', i.location,
        'latitude', i.latitude, 'longitude', i.longitude, 'notes', i.notes,
        'received_at', utc(i.received_at)) AS incident,
      CASE WHEN h.id IS NULL THEN NULL ELSE json_build_object('id', h.id, 'name', h.name,
        'address', h.address, 'phone', h.phone, 'latitude', h.latitude, 'longitude', h.longitude)
        END AS hospital
    FROM assignments a JOIN incidents i ON i.id = a.incident_id
    LEFT JOIN hospitals h ON h.id = a.hospital_id
    WHERE a.unit_id = $1 AND ${live}`
  type Row = Assignment & Pick<Bound, 'incident' | 'hospital'>
  const row = (await db.pool.query<Row>({ name: 'crew-bound', text, values: [unitId] })).rows[0]
  if (!row) return undefined
  const { incident, hospital, ...own } = row
  return { assignment: own, incident, hospital }
}

const endedAt = 'coalesce(a.cleared_at, a.cancelled_at, a.diverted_at)'

/** The newest assignment of a unit that ended after an instant. */
async function findEnded(db: Database, unitId: number, since: string): Promise<CrewView['ended']> {
  const text = `SELECT a.id, a.status, i.incident_number, a.reason, ${endedAt} AS at
    FROM assignments a JOIN incidents i ON i.id = a.incident_id
    WHERE a.unit_id = $1 AND NOT (${live}) AND ${endedAt} > $2
      AND a.assigned_at > $2::timestamptz - interval '1 day'
    ORDER BY at DESC, a.id DESC LIMIT 1`
  const { rows } = await db.pool.query({ name: 'crew-ended', text, values: [unitId, since] })
  return rows[0] ?? null
}

async function findMessages(db: Database, unitId: number, since: string): Promise<CrewView['messages']> {
  const text = `SELECT m.id, m.text, m.sent_at, m.sent_by, m.read_at FROM crew_messages m
    WHERE m.unit_id = $1 AND m.sent_at > $2 ORDER BY m.id DESC LIMIT 10`
  return (await db.pool.query({ name: 'crew-messages', text, values: [unitId, since] })).rows
}

const before = (at: string, minutes: number) => new Date(Date.parse(at) - minutes * 60_000).toISOString()

const nothing = (at: string, desk_phone: string | null): CrewView => ({
  ...{ at, desk_phone, unit: null, assignment: null, incident: null, hospital: null, drive: null },
  ...{ ended: null, partners: [], words: [], findings: [], notes: [], messages: [] },
  calls: { count: 0, languages: [] },
})

/** How far it is from where the unit last was, by the straight line. */
function driveTo(incident: Incident, { position_at, ...from }: UnitRow, at: string): CrewView['drive'] {
  const [drive] = crowTimes([from], incident, incident.priority <= 2 ? 'siren' : 'normal', at)
  if (!drive || position_at === null) return null
  return { seconds: drive.seconds, metres: drive.metres, as_of: position_at }
}

/** All that the phone of somebody of a crew shows. */
export async function readCrewView({ db, now, settings }: Context, personId: number): Promise<CrewView> {
  const at = now().toISOString()
  const none = nothing(at, settings.current().desk_phone)
  const unitId = (await findPosts(db, [personId]))[0]?.unit_id ?? null
  if (unitId === null) return none
  const [row, bound, ended, messages] = await Promise.all([
    findUnit(db, unitId),
    findBound(db, unitId),
    findEnded(db, unitId, before(at, 30)),
    findMessages(db, unitId, before(at, 720)),
  ])
  if (!row) return none
  const { id, unit_number, unit_type, duress_at, duress_seen_at, crew } = row
  const status = unitStatus(row.duty, bound?.assignment.status)
  const unit = { id, unit_number, unit_type, status, duress_at, duress_seen_at, crew }
  const free = { ...none, unit, ended, messages }
  if (!bound) return free
  const known = await readIncidentOfCrew(db, bound.incident.id, unitId)
  return { ...free, ...bound, ...known, drive: driveTo(bound.incident, row, at) }
}
