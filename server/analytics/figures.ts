import type { Figure } from '@toneout/contract/model/analytics.ts'
import { type IntervalsQuery, shifts } from '@toneout/contract/model/analytics-query.ts'
import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { flags, priorityOf, timeAt, typeOf } from './day-layout.ts'
import type { Day } from './days.ts'
import { addSpan, createGroups, type Groups } from './groups.ts'
import { dayWord } from './local-time.ts'
import type { Measures } from './measures.ts'
import { columnsFor, createScope, isAmbulance, measuredUnits, type Scope, type Units } from './scope.ts'

const withinShift = (shift: string, hour: number) => {
  const [first = 0, end = 0] = shift.split('-').map(Number)
  return first < end ? hour >= first && hour < end : hour >= first || hour < end
}
const shiftsOf = Array.from({ length: 24 }, (_, hour) => shifts.filter((one) => withinShift(one, hour)))
const whole = ['all'] as const

/** What something at one time is counted under; a call without an incident has no priority and no type. */
function createGrouping(by: IntervalsQuery['by'], { local }: Scope) {
  const words = new Map<number, readonly string[]>()
  const wordOf = (day: number) => {
    const word = words.get(day) ?? [dayWord(day)]
    words.set(day, word)
    return word
  }
  const ranks = [1, 2, 3, 4].map((rank) => [String(rank)])
  const types = emergencyTypes.map((type) => [type])
  return (kind: number, ms: number): readonly string[] => {
    if (by === 'PRIORITY') return kind === 0 ? [] : (ranks[priorityOf(kind) - 1] as string[])
    if (by === 'EMERGENCY_TYPE') return kind === 0 ? [] : (types[typeOf(kind)] as string[])
    if (by === 'DAY') return wordOf(local.day(ms))
    return by === 'SHIFT' ? (shiftsOf[local.hour(ms)] as string[]) : whole
  }
}

type Counting = {
  groups: Groups
  scope: Scope
  grouping: ReturnType<typeof createGrouping>
  units: Units
  measured: ReadonlySet<number>
  ambulances: ReadonlySet<number>
  byStation: boolean
}

/** The spans of one run, under each of its groups. */
function countRun(
  { groups, units, byStation }: Counting,
  day: Day,
  at: number,
  under: readonly string[],
  rank: number,
) {
  const runs = day.part('runs')
  const { wide } = runs
  const assigned = timeAt(runs.assigned[at] as number, wide)
  const enRoute = timeAt(runs.en_route[at] as number, wide)
  const there = timeAt(runs.there[at] as number, wide)
  const left = timeAt(runs.left[at] as number, wide)
  const arrived = timeAt(runs.arrived[at] as number, wide)
  const cleared = timeAt(runs.cleared[at] as number, wide)
  const isTransport = ((runs.flags[at] as number) & flags.transported) !== 0
  const station = byStation ? units.get(runs.unit[at] as number)?.station_id : undefined
  if (byStation && (station === undefined || station === null)) return
  for (const group of byStation ? [String(station)] : under) {
    const to = groups.of(group)
    addSpan(to.turnout, enRoute - assigned, rank)
    addSpan(to.travel, there - enRoute, rank)
    addSpan(to.response, there - assigned, rank)
    addSpan(to.scene, (isTransport ? left : cleared) - there, rank)
    addSpan(to.transport, arrived - left, rank)
    addSpan(to.wall_time, cleared - arrived, rank)
    addSpan(to.task, cleared - assigned, rank)
  }
}

/** The earlier one; NaN is none. */
const earlier = (a: number, b: number) => (b < a || Number.isNaN(a) ? b : a)

function countIncidents(counting: Counting, day: Day): void {
  const { scope, grouping, groups, measured, ambulances, byStation } = counting
  const [incidents, runs] = [day.part('incidents'), day.part('runs')]
  const { wide } = incidents
  for (let at = 0, run = 0; at < incidents.received.length; at += 1) {
    const end = incidents.runs_end[at] as number
    if (!scope.incident(day, at)) {
      run = end
      continue
    }
    const kind = incidents.kind[at] as number
    const rank = priorityOf(kind)
    const under = grouping(kind, day.since + (incidents.received[at] as number))
    let there = Number.NaN
    let ambulance = Number.NaN
    for (; run < end; run += 1) {
      const unit = runs.unit[run] as number
      const arrived = timeAt(runs.there[run] as number, runs.wide)
      there = earlier(there, arrived)
      if (ambulances.has(unit)) ambulance = earlier(ambulance, arrived)
      if (measured.has(unit)) countRun(counting, day, run, under, rank)
    }
    if (byStation) continue
    const known = timeAt(incidents.known[at] as number, wide)
    const processing =
      timeAt(incidents.assigned[at] as number, wide) - timeAt(incidents.answered[at] as number, wide)
    const byCall = ((incidents.flags[at] as number) & flags.beganByCall) !== 0
    for (const group of under) {
      const to = groups.of(group)
      addSpan(to.processing, processing, rank)
      addSpan(to.total_response, there - known, rank, !byCall)
      addSpan(to.total_response_ambulance, ambulance - known, rank, !byCall)
    }
  }
}

function countCalls({ scope, grouping, groups }: Counting, day: Day): void {
  const calls = day.part('calls')
  for (let at = 0; at < calls.created.length; at += 1) {
    if (!scope.call(day, at)) continue
    const created = calls.created[at] as number
    const kind = calls.kind[at] as number
    // Nobody knows yet how grave a call without an incident is.
    const rank = kind === 0 ? 1 : priorityOf(kind)
    const span = timeAt(calls.answered[at] as number, calls.wide) - created
    for (const group of grouping(kind, day.since + created)) addSpan(groups.of(group).answer, span, rank)
  }
}

/** Intervals by group. By station there are only those of runs. */
export async function readFigures(
  { days, targets, units }: Measures,
  query: IntervalsQuery,
): Promise<Figure[]> {
  const scope = createScope({ query, units, ofPeriod: true })
  const byStation = query.by === 'STATION'
  const counting: Counting = {
    groups: createGroups(targets),
    ...{ scope, units, byStation },
    grouping: createGrouping(query.by, scope),
    measured: measuredUnits(units, query),
    ambulances: new Set([...units.values()].filter(isAmbulance).map(({ id }) => id)),
  }
  const { from, to } = query
  const shown: Figure[] = []
  for await (const day of days.walk({
    from,
    to,
    columns: columnsFor(query, ['incidents', 'runs', 'calls']),
  })) {
    countIncidents(counting, day)
    if (!byStation) countCalls(counting, day)
    // No later day adds to a local day that ended before this one began.
    if (query.by === 'DAY') shown.push(...counting.groups.takeBefore(dayWord(scope.local.day(day.since) - 1)))
  }
  return [...shown, ...counting.groups.takeBefore()]
}
