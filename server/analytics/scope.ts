import type { AnalyticsQuery, UnitsQuery } from '@toneout/contract/model/analytics-query.ts'
import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { careLevels } from '@toneout/contract/model/unit.ts'
import { flags, priorityOf, typeOf } from './day-layout.ts'
import type { Day, Wanted } from './days.ts'
import { createLocalTime, type LocalTime } from './local-time.ts'
import { dayMs } from './packed-rows.ts'
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

/**
 * Which incidents and calls of a day a query is about: 1 for those, 0 for others. Each is to be read before
 * the same is asked of another day.
 */
export type Scope = {
  local: LocalTime
  incidents: (day: Day) => Uint8Array
  calls: (day: Day) => Uint8Array
}

type Kinds = Pick<AnalyticsQuery, 'priority' | 'emergency_type'>

/** 1 for the kinds that are asked for; undefined for all. */
function kindsOf({ priority, emergency_type }: Kinds): Uint8Array | undefined {
  if (priority === undefined && emergency_type === undefined) return undefined
  const type = emergency_type === undefined ? undefined : emergencyTypes.indexOf(emergency_type)
  return Uint8Array.from({ length: 256 }, (_, kind) =>
    Number(
      kind > 0 &&
        (priority === undefined || priorityOf(kind) === priority) &&
        (type === undefined || typeOf(kind) === type),
    ),
  )
}

function createHours(shift: string, local: LocalTime) {
  const [first = 0, end = 0] = shift.split('-').map(Number)
  return (ms: number) => {
    const hour = local.hour(ms)
    return first < end ? hour >= first && hour < end : hour >= first || hour < end
  }
}

function createArea(area: string) {
  const [south = 0, west = 0, north = 0, east = 0] = area.split(',').map(Number)
  return (latitude: number | undefined, longitude: number | undefined) =>
    latitude !== undefined &&
    longitude !== undefined &&
    latitude >= south &&
    latitude <= north &&
    longitude >= west &&
    longitude <= east
}

function createStation(station: number, units: Units) {
  const own = measuredUnits(units, { units: undefined, station_id: station })
  return (sent: Int32Array, begin: number, end: number) => {
    for (let at = begin; at < end; at += 1) if (own.has(sent[at] as number)) return true
    return false
  }
}

/** What is known of each incident or call of a day; of units, those up to `units_end` were sent. */
type Things = {
  at: Int32Array
  kind: Uint8Array
  latitude: Float64Array | undefined
  longitude: Float64Array | undefined
  units: Int32Array | undefined
  units_end: Int32Array
}

type Asked = { query: AnalyticsQuery; units: Units; ofPeriod: boolean }

/** Takes out what the query is not about. */
function createSieve({ query, units, ofPeriod }: Asked, local: LocalTime) {
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)]
  const kinds = kindsOf(query)
  const isHour = query.shift ? createHours(query.shift, local) : undefined
  const isThere = query.area ? createArea(query.area) : undefined
  const isStation = query.station_id === undefined ? undefined : createStation(query.station_id, units)
  return (mask: Uint8Array, since: number, things: Things) => {
    const { at, kind, latitude, longitude, units: sent, units_end: ends } = things
    const keep = (index: number, isAsked: boolean) => {
      if (!isAsked) mask[index] = 0
    }
    if (ofPeriod && (since < from || since + dayMs > to)) {
      for (let one = 0; one < mask.length; one += 1) {
        const ms = since + (at[one] as number)
        keep(one, ms >= from && ms < to)
      }
    }
    if (kinds) for (let one = 0; one < mask.length; one += 1) keep(one, kinds[kind[one] as number] === 1)
    if (isHour) for (let one = 0; one < mask.length; one += 1) keep(one, isHour(since + (at[one] as number)))
    if (isThere) {
      for (let one = 0; one < mask.length; one += 1) keep(one, isThere(latitude?.[one], longitude?.[one]))
    }
    if (!isStation || !sent) return
    for (let one = 0, begin = 0; one < mask.length; one += 1) {
      const end = ends[one] as number
      keep(one, isStation(sent, begin, end))
      begin = end
    }
  }
}

/**
 * `ofPeriod`: only what was received or rang in the period. An incident of a station is one that a unit of it
 * was sent to; one that was merged into another is that other.
 */
export function createScope(asked: Asked): Scope {
  const { query } = asked
  const [from, to] = [Date.parse(query.from), Date.parse(query.to)]
  const local = createLocalTime(query.zone ?? 'UTC', from - 8 * dayMs, to)
  const sieve = createSieve(asked, local)
  const hasStation = query.station_id !== undefined
  let held = new Uint8Array(4_096)
  const maskOf = (length: number) => {
    if (length > held.length) held = new Uint8Array(2 * length)
    return held.subarray(0, length).fill(1)
  }
  return {
    local,
    incidents(day) {
      const { received, kind, flags: all, runs_end } = day.part('incidents')
      const mask = maskOf(received.length)
      for (let at = 0; at < mask.length; at += 1) if (((all[at] as number) & flags.merged) !== 0) mask[at] = 0
      const points = query.area ? day.part('points') : undefined
      sieve(mask, day.since, {
        ...{ at: received, kind, latitude: points?.incident_latitude, longitude: points?.incident_longitude },
        ...{ units: hasStation ? day.part('runs').unit : undefined, units_end: runs_end },
      })
      return mask
    },
    calls(day) {
      const { created, kind, units, units_end } = day.part('calls')
      const mask = maskOf(created.length)
      const points = query.area ? day.part('points') : undefined
      sieve(mask, day.since, {
        ...{ at: created, kind, latitude: points?.call_latitude, longitude: points?.call_longitude },
        ...{ units, units_end },
      })
      return mask
    },
  }
}

/** The columns of a question and those that its filters are about. */
export function columnsFor({ area, station_id }: AnalyticsQuery, columns: Wanted['columns']) {
  const more = [...(area ? (['points'] as const) : []), ...(station_id ? (['runs'] as const) : [])]
  return [...new Set([...columns, ...more])]
}
