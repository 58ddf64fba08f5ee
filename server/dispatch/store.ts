import {
  type Assignment,
  assignment,
  endedAssignments,
  milestones,
} from '@toneout/contract/model/assignment.ts'
import { incident } from '@toneout/contract/model/incident.ts'
import { type Connection, columnsOf, listOf } from '../lib/db.ts'
import { insertRows } from '../lib/insert-rows.ts'

/** What the commands of a group are about. */
export type Asked = {
  incidents: number[]
  units: number[]
  paramedics: number[]
  hospitals: number[]
  assignments: number[]
  /** Of the assignments those that leave for their hospital, and those that are corrected. */
  leaving: number[]
  corrected: number[]
  orders: string[]
  /** Incidents that are merged or split, and so their calls. */
  merged: number[]
}

async function rows<T>(connection: Connection, name: string, text: string, values: unknown[]): Promise<T[]> {
  return (await connection.query({ name, text, values })).rows as T[]
}

/** The same where there is something to look for: most groups are about few kinds of rows. */
function rowsAbout<T>(connection: Connection, name: string, text: string, values: unknown[]): Promise<T[]> {
  const isEmpty = values.every((value) => Array.isArray(value) && value.length === 0)
  return isEmpty ? Promise.resolve([]) : rows<T>(connection, name, text, values)
}

const live = `status NOT IN ${listOf(endedAssignments)}`
/**
 * The incidents and units that are asked for, by themselves or as those of an assignment. All of these are
 * compared as `= ANY(ARRAY(…))`: a join could be planned as a pass over the whole table, and a plan that was
 * made while the table was empty stays until the table is analysed.
 */
const incidentIds = `SELECT unnest($1::bigint[])
  UNION ALL SELECT merged_into FROM incidents WHERE id = ANY($1::bigint[])
  UNION ALL SELECT incident_id FROM assignments WHERE id = ANY($2::bigint[])`
const unitIds = `SELECT unnest($1::bigint[])
  UNION ALL SELECT unit_id FROM assignments WHERE id = ANY($2::bigint[])`

const paramedicIds = `SELECT unnest($1::bigint[])
  UNION ALL SELECT paramedic_id FROM assignments WHERE id = ANY($2::bigint[])`
const hospitalIds = `SELECT unnest($1::bigint[])
  UNION ALL SELECT hospital_id FROM assignments WHERE id = ANY($2::bigint[])`

/** Calls of the incidents that are merged or split, and of those these are merged into. */
const callIds = `SELECT c.id FROM calls c WHERE c.incident_id = ANY(ARRAY(
  SELECT unnest($1::bigint[])
  UNION ALL SELECT merged_into FROM incidents WHERE id = ANY($1::bigint[])))`

/** Locks in the one order there is: calls, incidents, units, people, each by id. */
export function lockRows(connection: Connection, asked: Asked): Promise<unknown>[] {
  const lock = (name: string, table: string, id: string, ids: string, values: unknown[]) =>
    rowsAbout(
      connection,
      `lock-${name}`,
      `SELECT ${id} FROM ${table} WHERE ${id} = ANY(ARRAY(${ids})) ORDER BY ${id} FOR NO KEY UPDATE`,
      values,
    )
  const { incidents, units, paramedics, assignments, corrected, merged } = asked
  return [
    lock('calls', 'calls', 'id', callIds, [merged]),
    lock('incidents', 'incidents', 'id', incidentIds, [incidents, assignments]),
    lock('units', 'units', 'id', unitIds, [units, assignments]),
    lock('paramedics', 'paramedics', 'person_id', paramedicIds, [paramedics, corrected]),
  ]
}

const incidentColumns = columnsOf(Object.keys(incident.shape), 'i')
const assignmentColumns = columnsOf([...Object.keys(assignment.shape), 'hospital_named_at'], 'a')
const readAssignments = `SELECT ${assignmentColumns} FROM assignments a WHERE`
const stamps = Object.values(milestones)

/** The assignments before and after those that are corrected, of the same unit and of the same leader. */
const beside = (who: string, than: '<' | '>') => `(SELECT * FROM assignments o
    WHERE o.${who} = c.${who} AND (o.assigned_at, o.id) ${than} (c.assigned_at, c.id)
    ORDER BY o.assigned_at ${than === '<' ? 'DESC' : ''}, o.id ${than === '<' ? 'DESC' : ''} LIMIT 1)`
const both = (who: string) => `${beside(who, '<')} UNION ALL ${beside(who, '>')}`
const neighbours = `SELECT ${assignmentColumns} FROM assignments c
  CROSS JOIN LATERAL (${both('unit_id')} UNION ALL ${both('paramedic_id')}) a
  WHERE c.id = ANY($1::bigint[])`

/** Loads what was locked, in statements of their own: they see what was committed before a lock was given. */
export function loadRows(connection: Connection, asked: Asked, newAssignments: number) {
  const { incidents, units, paramedics, hospitals, assignments, leaving, orders, merged } = asked
  const load = <T>(name: string, text: string, values: unknown[]) =>
    rowsAbout<T>(connection, `load-${name}`, text, values)
  return [
    load(
      'incidents',
      `SELECT ${incidentColumns}, (SELECT json_build_object('id', c.id, 'caller_number',
          c.caller_number, 'caller_sealed', encode(c.caller_sealed, 'hex'))
          FROM calls c WHERE c.incident_id = i.id
          ORDER BY c.created_at, c.id LIMIT 1) AS caller, i.merge_record,
        ARRAY(SELECT json_build_object('id', m.id, 'priority', m.priority,
          'received_at', utc(m.received_at), 'own', m.merge_record -> 'own')
          FROM incidents m WHERE m.merged_into = i.id) AS absorbed
        FROM incidents i WHERE i.id = ANY(ARRAY(${incidentIds}))`,
      [incidents, assignments],
    ),
    load(
      'units',
      `SELECT id, unit_number, unit_type, duty, latitude, longitude, retired_at FROM units
        WHERE id = ANY(ARRAY(${unitIds}))`,
      [units, assignments],
    ),
    load(
      'paramedics',
      `SELECT person_id AS id, full_name, available, license_expiry::text, unit_id FROM paramedics
        WHERE person_id = ANY($1)`,
      [paramedics],
    ),
    load(
      'hospitals',
      `SELECT id, name, diversion, diversion_since, emergency_capacity, retired_at FROM hospitals
        WHERE id = ANY(ARRAY(${hospitalIds})) ORDER BY id FOR KEY SHARE`,
      [hospitals, leaving],
    ),
    load(
      'assignments',
      // One that is asked for in two ways comes twice, and is kept by its id.
      `${readAssignments} incident_id = ANY(ARRAY(${incidentIds}))
        UNION ALL ${readAssignments} unit_id = ANY($3::bigint[]) AND ${live}
        UNION ALL ${readAssignments} paramedic_id = ANY($4::bigint[]) AND ${live}`,
      [incidents, assignments, units, paramedics],
    ),
    load(
      'orders',
      `SELECT order_id, incident_id, encode(request_hash, 'hex') AS request_hash, reply
        FROM dispatch_orders WHERE order_id = ANY($1)`,
      [orders],
    ),
    load('calls', `SELECT id, incident_id FROM calls WHERE id = ANY(ARRAY(${callIds}))`, [merged]),
    load('neighbours', neighbours, [asked.corrected]),
    load('assignment-ids', `SELECT nextval('assignments_id_seq') AS id FROM generate_series(1, $1::int)`, [
      newAssignments,
    ]),
  ] as const
}

export function insertAssignments(connection: Connection, added: readonly Assignment[]): Promise<unknown> {
  const column = (name: Exclude<keyof Assignment, 'corrections'>, type: string) => ({
    name,
    type,
    values: added.map((one) => one[name]),
  })
  return insertRows(connection, 'assignments', [
    ...(['id', 'incident_id', 'unit_id', 'paramedic_id', 'hospital_id', 'dispatcher_id'] as const).map(
      (name) => column(name, 'bigint'),
    ),
    column('status', 'text'),
    ...stamps.map((name) => column(name, 'timestamptz')),
    column('reason', 'text'),
  ])
}

/** Rows are looked up by these before they are joined to what becomes of them: see `incidentIds`. */
const idsOf = (changed: readonly { id: number }[]) => changed.map(({ id }) => id)

/** Writes what a step or a correction can change: the status, a milestone, the hospital and the reason. */
export function updateAssignments(connection: Connection, changed: readonly Assignment[]): Promise<unknown> {
  const names = ['incident_id', 'hospital_id', 'hospital_named_at', 'status', 'reason', 'corrections']
  const set = [...names, ...stamps].map((name) => `${name} = n.${name}`)
  const times = stamps.map((name) => `${name} timestamptz`)
  const text = `UPDATE assignments a SET ${set.join(', ')}
    FROM json_to_recordset($1) AS n(id bigint, incident_id bigint, hospital_id bigint,
      hospital_named_at timestamptz, status text, reason text, corrections jsonb, ${times.join(', ')})
    WHERE a.id = n.id AND a.id = ANY($2::bigint[])`
  return rows(connection, 'update-assignments', text, [JSON.stringify(changed), idsOf(changed)])
}

export type GivenOrder = { order_id: string; incident_id: number; request_hash: string; reply: unknown }

export function insertOrders(connection: Connection, orders: readonly GivenOrder[], at: string) {
  const text = `INSERT INTO dispatch_orders (order_id, incident_id, request_hash, reply, created_at)
    SELECT order_id, incident_id, decode(request_hash, 'hex'), reply, $2::timestamptz
    FROM json_to_recordset($1) AS k(order_id text, incident_id bigint, request_hash text, reply jsonb)`
  return rows(connection, 'insert-orders', text, [JSON.stringify(orders), at])
}
