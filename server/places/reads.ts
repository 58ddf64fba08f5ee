import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import type { HospitalQuery, ShownHospital } from '@toneout/contract/model/hospital.ts'
import type { InboundUnit } from '@toneout/contract/model/inbound-unit.ts'
import type { Station, StationQuery } from '@toneout/contract/model/station.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { type Connection, type Database, listOf, sql } from '../lib/db.ts'
import { anywhere, type Page, readKeysetPage } from '../lib/keyset-page.ts'

const isLive = `a.status NOT IN ${listOf(endedAssignments)}`

/** Columns of each kind of place as it is shown. */
const columns = {
  hospital: `p.id, p.name, p.address, p.phone, p.latitude, p.longitude, p.total_beds, p.available_beds,
    p.emergency_capacity, p.diversion, p.diversion_reason, p.specialties, p.retired_at, p.updated_at,
    (SELECT count(*) FROM assignments a WHERE a.hospital_id = p.id AND ${isLive}) AS inbound`,
  station: `p.id, p.name, p.address, p.latitude, p.longitude, p.retired_at, p.updated_at,
    (SELECT count(*) FROM units u WHERE u.station_id = p.id AND u.retired_at IS NULL) AS units`,
} as const

export type Shown = { hospital: ShownHospital; station: Station }
export type Kind = keyof Shown

/** A place as it is shown; inside a transaction as that transaction sees it. */
export async function findPlace<K extends Kind>(
  on: Pick<Connection, 'query'>,
  kind: K,
  id: number,
): Promise<Shown[K] | undefined> {
  const text = `SELECT ${columns[kind]} FROM ${kind}s p WHERE p.id = $1`
  return (await on.query<Shown[K]>({ name: `find-${kind}`, text, values: [id] })).rows[0]
}

/** Hospitals as they are shown, in any order; retired ones too. */
export async function findHospitals(
  on: Pick<Connection, 'query'>,
  ids: readonly number[],
): Promise<ShownHospital[]> {
  const text = `SELECT ${columns.hospital} FROM hospitals p WHERE p.id = ANY($1::bigint[])`
  return (await on.query<ShownHospital>({ name: 'find-hospitals', text, values: [ids] })).rows
}

/** The hospital somebody speaks for; null for none. */
export async function findOwnHospitalId(db: Database, personId: number): Promise<number | null> {
  const text = "SELECT hospital_id FROM people WHERE id = $1 AND role = 'hospital'"
  type Row = { hospital_id: number | null }
  const found = await db.pool.query<Row>({ name: 'own-hospital', text, values: [personId] })
  return found.rows[0]?.hospital_id ?? null
}

const inboundLimit = 200

type Inbound = Omit<InboundUnit, 'eta_seconds'> & Pick<Unit, 'latitude' | 'longitude' | 'position_at'>

/** Units whose live assignment leads to the hospital; those with a patient on board first. */
export async function readInbound(db: Database, hospitalId: number): Promise<Inbound[]> {
  const text = `SELECT u.unit_number, u.unit_type, i.emergency_type, i.priority, a.status,
      u.latitude, u.longitude, u.position_at
    FROM assignments a JOIN units u ON u.id = a.unit_id JOIN incidents i ON i.id = a.incident_id
    WHERE a.hospital_id = $1 AND ${isLive}
    ORDER BY a.transporting_at NULLS LAST, i.priority, a.id LIMIT ${inboundLimit}`
  return (await db.pool.query<Inbound>({ name: 'inbound-units', text, values: [hospitalId] })).rows
}

type Asked = { retired?: boolean; search?: string }

function conditions({ retired, search }: Asked) {
  const all = [retired ? sql`p.retired_at IS NOT NULL` : sql`p.retired_at IS NULL`]
  if (search) all.push(sql`(p.name ILIKE ${anywhere(search)} OR p.address ILIKE ${anywhere(search)})`)
  return all
}

const byName = (kind: Kind, where: ReturnType<typeof conditions>) =>
  ({
    name: `${kind}s`,
    columns: columns[kind],
    from: `${kind}s p`,
    where: sql.join(where, sql` AND `),
    key: 'name',
    keyColumn: 'p.name',
  }) as const

/** A page of hospitals by name; undefined when the cursor is not one of this list's. */
export function readHospitals(db: Database, query: HospitalQuery): Promise<Page<ShownHospital> | undefined> {
  const where = conditions(query)
  if (query.diversion) where.push(sql`p.diversion = ${query.diversion}`)
  if (query.specialty) where.push(sql`p.specialties @> ARRAY[${query.specialty}]`)
  return readKeysetPage<ShownHospital, 'name'>(db, byName('hospital', where), query)
}

/** A page of stations by name; undefined when the cursor is not one of this list's. */
export function readStations(db: Database, query: StationQuery): Promise<Page<Station> | undefined> {
  return readKeysetPage<Station, 'name'>(db, byName('station', conditions(query)), query)
}
