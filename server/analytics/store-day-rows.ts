import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { type Connection, correctedTime, type Database } from '../lib/db.ts'

type From = Connection | Database['pool']
/** Instants: beginnings and ends of spans of time that do not overlap, in their order. */
export type Spans = { since: readonly string[]; until: readonly string[] }
type Maybe = number | null

const ms = (instant: string) => `round(date_part('epoch', ${instant}) * 1000)`
/** A milestone of assignment `a` in milliseconds. */
const msAt = (milestone: string) => ms(correctedTime(milestone))

/**
 * Rows of a table within the spans. By LIMIT and OFFSET each is looked up in its index: a plan of joins would
 * take the spans for a ninth of the table, and read all of it.
 */
const within = (table: string, key: string, as: string) =>
  `unnest($1::timestamptz[], $2::timestamptz[]) AS r(since, until)
    CROSS JOIN LATERAL (SELECT * FROM ${table} t
    WHERE t.${key} >= r.since AND t.${key} < r.until ORDER BY t.${key}, t.id LIMIT $3) AS ${as}`
/** Of the type of emergency, from 1 on; the order is that of the contract. */
const typeOf = (table: string) =>
  `array_position(ARRAY['${emergencyTypes.join("','")}'], ${table}.emergency_type) - 1`

async function rowsOf<R extends unknown[]>(from: From, text: string, { since, until }: Spans, most: number) {
  const query = { text: `${text} LIMIT $3`, values: [since, until, most], rowMode: 'array' as const }
  return (await from.query<R>(query)).rows
}

/** Times are ms since 1970. */
export type IncidentRow = [
  ...[id: number, received: number, priority: number, type: number, isMerged: boolean, closed: Maybe],
  ...[ring: Maybe, answered: Maybe, latitude: Maybe, longitude: Maybe],
]

/** In the order in which they were received, each with its first call. */
export const readIncidentRows = (from: From, wanted: Spans, most: number) =>
  rowsOf<IncidentRow>(
    from,
    `SELECT i.id, ${ms('i.received_at')}, i.priority, ${typeOf('i')}, i.merged_into IS NOT NULL,
      ${ms('i.closed_at')}, ${ms('c.created_at')}, ${ms('c.answered_at')}, i.latitude, i.longitude
    FROM ${within('incidents', 'received_at', 'i')}
    LEFT JOIN LATERAL (SELECT c.created_at, c.answered_at FROM calls c WHERE c.incident_id = i.id
      ORDER BY c.created_at, c.id LIMIT 1) c ON true
    ORDER BY i.received_at, i.id`,
    wanted,
    most,
  )

export type RunRow = [
  ...[incident: number, unit: number, hospital: Maybe, assigned: number, enRoute: Maybe, there: Maybe],
  ...[left: Maybe, arrived: Maybe, cleared: Maybe, ended: Maybe, isImported: boolean, isTransport: boolean],
]

/** The runs of the same incidents, in their order. */
export const readRunRows = (from: From, wanted: Spans, most: number) =>
  rowsOf<RunRow>(
    from,
    `SELECT a.incident_id, a.unit_id, a.hospital_id, ${msAt('assigned_at')},
      ${msAt('en_route_at')}, ${msAt('on_scene_at')}, ${msAt('transporting_at')},
      ${msAt('at_hospital_at')}, ${msAt('cleared_at')},
      ${ms(`coalesce(${['cleared_at', 'cancelled_at', 'diverted_at'].map(correctedTime).join(', ')})`)},
      a.import_source IS NOT NULL,
      coalesce(${['transporting_at', 'at_hospital_at', 'handover_done_at'].map(correctedTime).join(', ')})
        IS NOT NULL
    FROM ${within('incidents', 'received_at', 'i')}
    CROSS JOIN LATERAL (SELECT * FROM assignments t WHERE t.incident_id = i.id OFFSET 0) AS a
    ORDER BY i.received_at, i.id, a.id`,
    wanted,
    most,
  )

export type CallRow = [
  ...[created: number, answered: Maybe, by: string | null, isHandedOver: boolean, isLost: boolean],
  ...[priority: Maybe, type: Maybe, latitude: Maybe, longitude: Maybe, located: Maybe],
  ...[units: number[] | null, findings: [field: string, changed: boolean][] | null],
]

/** In the order in which they rang. `located`: the first fact that tells where, of calls the AI answered. */
export const readCallRows = (from: From, wanted: Spans, most: number) =>
  rowsOf<CallRow>(
    from,
    `SELECT ${ms('c.created_at')}, ${ms('c.answered_at')}, c.answered_by, c.handoff IS NOT NULL,
      c.lost_contact, i.priority, ${typeOf('i')}, c.latitude, c.longitude,
      CASE WHEN c.answered_by IN ('AI', 'AI_THEN_HUMAN') THEN (SELECT ${ms('f.at')} FROM facts f
        WHERE f.call_id = c.id
          AND ((f.type = 'call_opened' AND f.data ?| array['location', 'latitude'])
            OR (f.type = 'call_updated' AND f.data -> 'changes' ?| array['location', 'latitude']))
        ORDER BY f.id LIMIT 1) END,
      (SELECT array_agg(DISTINCT a.unit_id::float8) FROM assignments a WHERE a.incident_id = c.incident_id),
      (SELECT json_agg(json_build_array(f.data ->> 'field', (f.data ->> 'changed')::boolean) ORDER BY f.id)
        FROM facts f WHERE f.call_id = c.id AND f.type = 'finding_confirmed')
    FROM ${within('calls', 'created_at', 'c')}
    LEFT JOIN LATERAL (SELECT * FROM incidents t WHERE t.id = c.incident_id OFFSET 0) AS i ON true
    ORDER BY c.created_at, c.id`,
    wanted,
    most,
  )
