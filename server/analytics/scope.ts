import type { AnalyticsQuery, UnitsQuery } from '@toneout/contract/model/analytics-query.ts'
import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { careLevels } from '@toneout/contract/model/unit.ts'
import { flags, priorityOf, typeOf } from './day-layout.ts'
import type { Day, Wanted } from './days.ts'
import { createLocalTime, type LocalTime } from './local-time.ts'
import type { UnitOfRun } from './store-days.ts'

export type Units = ReadonlyMap<number, UnitOfRun>

export const isAmbulance = (unit: UnitOfRun | undefined) =>
  unit !== undefined && (careLevels as readonly string[]).includes(unit.unit_type)

/** Units whose runs are measured, by their ids. */
export function measuredUnits(
  units: Units,
  { units: kind, station_id }: Pick<UnitsQuery, 'units' | 'station_id'>,
) {
  const isKind = (unit: UnitOfRun) =>
    kind === 'AMBULANCES' ? isAmbulance(unit) : kind === 'OTHERS' ? !isAmbulance(unit) : true
  const isAt = (unit: UnitOfRun) => station_id === undefined || unit.station_id === station_id
  return new Set([...units.values()].filter((unit) => isKind(unit) && isAt(unit)).map(({ id }) => id))
}

/** Which incidents and calls of a day a query is about, by their index. */
export type Scope = {
  local: LocalTime
  incident: (day: Day, at: number) => boolean
  call: (day: Day, at: number) => boolean
}

type Kinds = Pick<AnalyticsQuery, 'priority' | 'emergency_type'>
function createKinds({ priority, emergency_type }: Kinds) {
  const type = emergency_type === undefined ? undefined : emergencyTypes.indexOf(emergency_type)
  const isAny = priority === undefined && type === undefined
  return (kind: number) => {
    if (isAny) return true
    if (kind === 0) return false
    return (
      (priority === undefined || priorityOf(kind) === priority) &&
      (type === undefined || typeOf(kind) === type)
    )
  }
}

function createHours(shift: string | undefined, local: LocalTime) {
  if (!shift) return () => true
  const [first = 0, end = 0] = shift.split('-').map(Number)
  return (ms: number) => {
    const hour = local.hour(ms)
    return first < end ? hour >= first && hour < end : hour >= first || hour < end
  }
}

function createArea(area: string | undefined) {
  if (!area) return () => true
  const [south = 0, west = 0, north = 0, east = 0] = area.split(',').map(Number)
  return (latitude: number | undefined, longitude: number | undefined) =>
    latitude !== undefined &&
    longitude !== undefined &&
    latitude >= south &&
    latitude <= north &&
    longitude >= west &&
    longitude <= east
}

function createStation(station: number | undefined, units: Units) {
  if (station === undefined) return () => true
  const own = measuredUnits(units, { units: undefined, station_id: station })
  return (sent: Int32Array, begin: number, end: number) => {
    for (let at = begin; at < end; at += 1) if (own.has(sent[at] as number)) return true
    return false
  }
}

type Asked = { query: AnalyticsQuery; units: Units; ofPeriod: boolean }

/**
 * `ofPeriod`: only what was received or rang in the period. An incident of a station is one that a unit of it
 * was sent to; one that was merged into another is that other.
 */
export function createScope({ query, units, ofPeriod }: Asked): Scope {
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)]
  const local = createLocalTime(query.zone ?? 'UTC', from - 8 * 86_400_000, to)
  const isKind = createKinds(query)
  const isHour = createHours(query.shift, local)
  const isThere = createArea(query.area)
  const isStation = createStation(query.station_id, units)
  const isWithin = (ms: number) => !ofPeriod || (ms >= from && ms < to)
  return {
    local,
    incident(day, at) {
      const one = day.part('incidents')
      if (!isKind(one.kind[at] as number) || ((one.flags[at] as number) & flags.merged) !== 0) return false
      const ms = day.since + (one.received[at] as number)
      if (!isWithin(ms) || !isHour(ms)) return false
      if (query.area) {
        const points = day.part('points')
        if (!isThere(points.incident_latitude[at], points.incident_longitude[at])) return false
      }
      if (query.station_id === undefined) return true
      const begin = at === 0 ? 0 : (one.runs_end[at - 1] as number)
      return isStation(day.part('runs').unit, begin, one.runs_end[at] as number)
    },
    call(day, at) {
      const one = day.part('calls')
      const ms = day.since + (one.created[at] as number)
      if (!isWithin(ms) || !isKind(one.kind[at] as number) || !isHour(ms)) return false
      if (query.area) {
        const points = day.part('points')
        if (!isThere(points.call_latitude[at], points.call_longitude[at])) return false
      }
      if (query.station_id === undefined) return true
      return isStation(
        one.units,
        at === 0 ? 0 : (one.units_end[at - 1] as number),
        one.units_end[at] as number,
      )
    },
  }
}

/** The columns of a question and those that its filters are about. */
export function columnsFor({ area, station_id }: AnalyticsQuery, columns: Wanted['columns']) {
  const more = [...(area ? (['points'] as const) : []), ...(station_id ? (['runs'] as const) : [])]
  return [...new Set([...columns, ...more])]
}
