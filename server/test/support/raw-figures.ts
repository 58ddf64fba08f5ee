import type { Figure, FigureName } from '@toneout/contract/model/analytics.ts'
import { shifts } from '@toneout/contract/model/analytics-query.ts'
import type { Stamped } from '@toneout/contract/model/assignment.ts'
import {
  type AssignmentInterval,
  type IncidentInterval,
  intervalsOfAssignment,
  intervalsOfIncident,
} from '@toneout/contract/model/intervals.ts'
import type { Targets } from '@toneout/contract/model/targets.ts'
import type { UnitType } from '@toneout/contract/model/unit.ts'

export type RawQuery = {
  from: string
  to: string
  zone: string
  by: string
  priority?: number | undefined
  emergency_type?: string | undefined
  station_id?: number | undefined
  shift?: string | undefined
  area?: string | undefined
  units?: string | undefined
}

type Place = { latitude: number | null; longitude: number | null }
type Incident = Place & {
  id: number
  priority: number
  emergency_type: string
  received_at: string
  merged_into: number | null
}
type Call = Place & { incident_id: number | null; created_at: string; answered_at: string | null }
type Run = Stamped & { incident_id: number; unit_type: UnitType; station_id: number | null }
export type History = { incidents: Incident[]; calls: Call[]; runs: Run[] }
type Sql = (text: string, values?: unknown[]) => Promise<unknown[]>

/** All rows that figures are about, as they are now. */
export async function readHistory(sql: Sql): Promise<History> {
  return {
    incidents: (await sql('SELECT * FROM incidents')) as Incident[],
    calls: (await sql('SELECT * FROM calls ORDER BY created_at, id')) as Call[],
    runs: (await sql(`SELECT a.*, u.unit_type, u.station_id FROM assignments a
      JOIN units u ON u.id = a.unit_id`)) as Run[],
  }
}

function localOf(at: string, zone: string) {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  return { hour: local.hour, day: local.toPlainDate().toString() }
}

const isInShift = (shift: string, hour: number) => {
  const [first = 0, end = 0] = shift.split('-').map(Number)
  return first < end ? hour >= first && hour < end : hour >= first || hour < end
}

function isAsked(query: RawQuery, at: string, place: Place, incident: Incident | undefined, runs: Run[]) {
  const { priority, emergency_type, station_id, shift, area } = query
  const [south = 0, west = 0, north = 0, east = 0] = (area ?? '').split(',').map(Number)
  const isThere = ({ latitude, longitude }: Place) =>
    latitude !== null &&
    longitude !== null &&
    latitude >= south &&
    latitude <= north &&
    longitude >= west &&
    longitude <= east
  return (
    Date.parse(at) >= Date.parse(query.from) &&
    Date.parse(at) < Date.parse(query.to) &&
    (priority === undefined || incident?.priority === priority) &&
    (emergency_type === undefined || incident?.emergency_type === emergency_type) &&
    (station_id === undefined || runs.some((run) => run.station_id === station_id)) &&
    (!shift || isInShift(shift, localOf(at, query.zone).hour)) &&
    (!area || isThere(place))
  )
}

type Value = { group: string; name: FigureName; start: string; seconds: number | null; priority: number }

function groupsOf({ by, zone }: RawQuery, at: string, incident: Incident | undefined): string[] {
  const { hour, day } = localOf(at, zone)
  if (by === 'PRIORITY') return incident ? [String(incident.priority)] : []
  if (by === 'EMERGENCY_TYPE') return incident ? [incident.emergency_type] : []
  if (by === 'SHIFT') return shifts.filter((shift) => isInShift(shift, hour))
  return [by === 'DAY' ? day : 'all']
}

type Spans<N extends string> = {
  seconds: Record<N, number | null>
  excluded: readonly N[]
  clock_starts: Partial<Record<N, string>>
}

/** Values of one row: null seconds are an exclusion, a missing end is no value. */
function valuesOf<N extends FigureName>(
  spans: Spans<N>,
  names: readonly N[],
  groups: string[],
  priority: number,
) {
  return names.flatMap((name): Value[] => {
    const seconds = spans.seconds[name]
    if (seconds === null && !spans.excluded.includes(name)) return []
    return groups.map((group) => {
      const start = spans.clock_starts[name] as string
      return { group, name, start, seconds: seconds === null ? null : Math.ceil(seconds), priority }
    })
  })
}

const careLevels = ['BASIC', 'ADVANCED', 'CRITICAL']

function ofIncident(history: History, query: RawQuery, incident: Incident): Value[] {
  const runs = history.runs.filter((run) => run.incident_id === incident.id)
  if (incident.merged_into !== null || !isAsked(query, incident.received_at, incident, incident, runs))
    return []
  const call = history.calls.find((one) => one.incident_id === incident.id) ?? null
  const course = intervalsOfIncident({ received_at: incident.received_at, call, sent: runs })
  const groups = groupsOf(query, incident.received_at, incident)
  const names: IncidentInterval[] = ['processing', 'total_response', 'total_response_ambulance']
  const own = query.by === 'STATION' ? [] : valuesOf(course, names, groups, incident.priority)
  const measured = runs.filter(({ unit_type, station_id }) => {
    const isAmbulance = careLevels.includes(unit_type)
    const isKind = query.units === undefined || (query.units === 'AMBULANCES') === isAmbulance
    return isKind && (query.station_id === undefined || station_id === query.station_id)
  })
  const ofRuns = measured.flatMap((run) => {
    const spans = intervalsOfAssignment(run)
    const station = run.station_id === null ? [] : [String(run.station_id)]
    const under = query.by === 'STATION' ? station : groups
    return valuesOf(spans, Object.keys(spans.seconds) as AssignmentInterval[], under, incident.priority)
  })
  return [...own, ...ofRuns]
}

function ofCall({ incidents, runs }: History, query: RawQuery, call: Call): Value[] {
  const incident = incidents.find(({ id }) => id === call.incident_id)
  const sent = runs.filter((run) => run.incident_id === call.incident_id)
  if (query.by === 'STATION' || !isAsked(query, call.created_at, call, incident, sent)) return []
  const course = intervalsOfIncident({ received_at: call.created_at, call, sent: [] })
  return valuesOf(course, ['answer'], groupsOf(query, call.created_at, incident), incident?.priority ?? 1)
}

const inOrder = (a: string, b: string) => (a < b ? -1 : Number(a > b))

/** Figures of sorted raw values, by the words of docs/analytics.md; the server shares nothing of it. */
export function rawFigures(history: History, query: RawQuery, targets: Targets): Figure[] {
  const all = [
    ...history.incidents.flatMap((incident) => ofIncident(history, query, incident)),
    ...history.calls.flatMap((call) => ofCall(history, query, call)),
  ]
  const keyed = Map.groupBy(all, ({ group, name }) => `${group}\n${name}`)
  return [...keyed.values()]
    .map((values) => figureOf(values, targets))
    .sort((a, b) => inOrder(a.group, b.group) || inOrder(a.name, b.name))
}

function figureOf(values: Value[], targets: Targets): Figure {
  const { group, name } = values[0] as Value
  const taken = values.flatMap((one) => (one.seconds === null ? [] : [{ ...one, seconds: one.seconds }]))
  const sorted = taken.map(({ seconds }) => seconds).sort((a, b) => a - b)
  const at = (tenths: number) => sorted[Math.floor((sorted.length * tenths) / 10)] ?? null
  const aimed = taken.flatMap(({ seconds, priority }) => {
    const byPriority = (targets as Record<string, Record<number, number | null> | undefined>)[name]
    const target = byPriority?.[priority] ?? null
    return target === null ? [] : [{ seconds, target }]
  })
  const distinct = [...new Set(aimed.map(({ target }) => target))]
  const within = aimed.filter(({ seconds, target }) => seconds <= target).length
  const starts = [...Map.groupBy(taken, ({ start }) => start)].map(([start, some]) => ({
    start,
    n: some.length,
  }))
  return {
    ...{ group, name, n: taken.length, excluded: values.length - taken.length, p50: at(5), p90: at(9) },
    target: distinct.length === 1 ? (distinct[0] as number) : null,
    ...{ with_target: aimed.length, within, share_within: aimed.length > 0 ? within / aimed.length : null },
    clock_starts: starts.sort((a, b) => inOrder(a.start, b.start)),
  }
}
