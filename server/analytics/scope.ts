import type { AnalyticsQuery, UnitsQuery } from '@toneout/contract/model/analytics-query.ts'
import { careLevels } from '@toneout/contract/model/unit.ts'
import type { RawBuilder } from 'kysely'
import { listOf, sql } from '../lib/db.ts'

type Condition = RawBuilder<unknown>

const both = (all: readonly Condition[]) => sql.join(all, sql` AND `)

export const zoneOf = (query: Pick<AnalyticsQuery, 'zone'>) => query.zone ?? 'UTC'

function shiftCondition(at: string, query: AnalyticsQuery): Condition[] {
  if (!query.shift) return []
  const [first = 0, end = 0] = query.shift.split('-').map(Number)
  const hour = sql`extract(hour FROM ${sql.ref(at)} AT TIME ZONE ${zoneOf(query)})`
  const join = first < end ? sql` AND ` : sql` OR `
  return [sql`(${hour} >= ${first}::int${join}${hour} < ${end}::int)`]
}

function areaCondition(table: string, { area }: AnalyticsQuery): Condition[] {
  if (!area) return []
  const [south, west, north, east] = area.split(',').map(Number)
  const [latitude, longitude] = [sql.ref(`${table}.latitude`), sql.ref(`${table}.longitude`)]
  return [
    sql`${latitude} BETWEEN ${south}::float8 AND ${north}::float8`,
    sql`${longitude} BETWEEN ${west}::float8 AND ${east}::float8`,
  ]
}

function kindConditions(query: AnalyticsQuery): Condition[] {
  const all: Condition[] = []
  if (query.priority !== undefined) all.push(sql`i.priority = ${query.priority}::int`)
  if (query.emergency_type !== undefined) all.push(sql`i.emergency_type = ${query.emergency_type}`)
  return all
}

/** Incidents `i` of a query but for its period; one that was merged into another is that other. */
export function incidentFilter(query: AnalyticsQuery): Condition {
  const all = [sql`i.merged_into IS NULL`, ...kindConditions(query)]
  if (query.station_id !== undefined) {
    all.push(sql`EXISTS (SELECT 1 FROM assignments sa JOIN units su ON su.id = sa.unit_id
      WHERE sa.incident_id = i.id AND su.station_id = ${query.station_id}::bigint)`)
  }
  return both([...all, ...shiftCondition('i.received_at', query), ...areaCondition('i', query)])
}

/** Incidents `i` that were received in the period. */
export function incidentsOf(query: AnalyticsQuery): Condition {
  const { from, to } = query
  return sql`i.received_at >= ${from}::timestamptz AND i.received_at < ${to}::timestamptz
    AND ${incidentFilter(query)}`
}

/** Calls `c` that rang in the period; of what only incidents have, their incident `i` is asked. */
export function callsOf(query: AnalyticsQuery): Condition {
  const { from, to, station_id } = query
  const all = [
    sql`c.created_at >= ${from}::timestamptz`,
    sql`c.created_at < ${to}::timestamptz`,
    ...kindConditions(query),
    ...shiftCondition('c.created_at', query),
    ...areaCondition('c', query),
  ]
  if (station_id !== undefined) {
    all.push(sql`EXISTS (SELECT 1 FROM assignments sa JOIN units su ON su.id = sa.unit_id
      WHERE sa.incident_id = c.incident_id AND su.station_id = ${station_id}::bigint)`)
  }
  return both(all)
}

export const isAmbulance = sql.raw(`u.unit_type IN ${listOf(careLevels)}`)

/** Runs of the units `u` that are measured. */
export function unitsOf({ units, station_id }: Pick<UnitsQuery, 'units' | 'station_id'>): Condition {
  const all = [sql`true`]
  if (units === 'AMBULANCES') all.push(isAmbulance)
  if (units === 'OTHERS') all.push(sql`NOT ${isAmbulance}`)
  if (station_id !== undefined) all.push(sql`u.station_id = ${station_id}::bigint`)
  return both(all)
}

/** A milestone of assignment `a` as it counts: what was corrected before what was stamped. */
export const milestone = (name: string) =>
  sql`coalesce((a.corrections ->> ${sql.lit(name)})::timestamptz, ${sql.ref(`a.${name}`)})`
