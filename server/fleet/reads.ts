import { assignmentStatuses, endedAssignments, isLive } from '@toneout/contract/model/assignment.ts'
import type { Unit, UnitQuery } from '@toneout/contract/model/unit.ts'
import { unitStatus } from '../dispatch/rules.ts'
import { type Connection, type Database, listOf, sql } from '../lib/db.ts'
import { anywhere, type KeysetList, type Page, readKeysetPage } from '../lib/keyset-page.ts'

const cases = assignmentStatuses
  .filter(isLive)
  .map((status) => `WHEN '${status}' THEN '${unitStatus('AVAILABLE', status)}'`)

/** The rule of unitStatus as SQL, made from it, so that a list can be filtered by what is shown. */
const shownStatus = `CASE a.status ${cases.join(' ')} ELSE u.duty END`

const columns = `u.id, u.unit_number, u.unit_type, ${shownStatus} AS status, u.capabilities, u.equipment,
  u.station_id, u.moved_to_station_id, u.max_patients, u.latitude, u.longitude, u.position_at,
  a.id AS assignment_id, a.incident_id,
  (SELECT d.raised_at FROM duress_alarms d WHERE d.unit_id = u.id AND d.cleared_at IS NULL) AS duress_at,
  u.retired_at`

const withAssignment = `units u LEFT JOIN assignments a
  ON a.unit_id = u.id AND a.status NOT IN ${listOf(endedAssignments)}`

/** A unit as it is shown; inside a transaction as that transaction sees it. */
export async function findUnit(on: Pick<Connection, 'query'>, id: number): Promise<Unit | undefined> {
  const text = `SELECT ${columns} FROM ${withAssignment} WHERE u.id = $1`
  return (await on.query<Unit>({ name: 'find-unit', text, values: [id] })).rows[0]
}

/** Whether somebody is in the crew of the unit, or leads it on its live assignment. */
export async function isInCrew(
  on: Pick<Connection, 'query'>,
  unitId: number,
  personId: number,
): Promise<boolean> {
  const text = `SELECT EXISTS (SELECT FROM paramedics WHERE person_id = $2 AND unit_id = $1)
    OR EXISTS (SELECT FROM assignments a WHERE a.unit_id = $1 AND a.paramedic_id = $2
      AND a.status NOT IN ${listOf(endedAssignments)}) AS is_in`
  const found = await on.query<{ is_in: boolean }>({ name: 'is-in-crew', text, values: [unitId, personId] })
  return found.rows[0]?.is_in === true
}

/** Units as they are shown, in any order; retired ones too. */
export async function findUnits(on: Pick<Connection, 'query'>, ids: readonly number[]): Promise<Unit[]> {
  const text = `SELECT ${columns} FROM ${withAssignment} WHERE u.id = ANY($1::bigint[])`
  return (await on.query<Unit>({ name: 'find-units', text, values: [ids] })).rows
}

type Filters = Omit<UnitQuery, 'page_size' | 'cursor'>

function conditions(query: Filters) {
  const all = [query.retired ? sql`u.retired_at IS NOT NULL` : sql`u.retired_at IS NULL`]
  if (query.unit_type) all.push(sql`u.unit_type = ${query.unit_type}`)
  if (query.status) all.push(sql`${sql.raw(shownStatus)} = ${query.status}`)
  if (query.station_id) all.push(sql`u.station_id = ${query.station_id}`)
  if (query.search) all.push(sql`u.unit_number ILIKE ${anywhere(query.search)}`)
  return sql.join(all, sql` AND `)
}

/** The list that a query asks for. */
export const unitList = (query: Filters): KeysetList<Unit, 'unit_number'> => ({
  name: 'units',
  columns,
  from: withAssignment,
  where: conditions(query),
  key: 'unit_number',
  keyColumn: 'u.unit_number',
})

/** A page of units by their number; undefined when the cursor is not one of this list's. */
export function readUnits(db: Database, query: UnitQuery): Promise<Page<Unit> | undefined> {
  return readKeysetPage<Unit, 'unit_number'>(db, unitList(query), query)
}
