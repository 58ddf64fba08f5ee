import { flags, priorityOf, timeAt } from './day-layout.ts'
import type { Day } from './days.ts'
import { type Grouping, nowhere } from './grouping.ts'
import { addValue, type Counted, type Groups } from './groups.ts'
import type { Scope } from './scope.ts'
import { backwards, noSpan, runSpanNames, type Seconds, secondsAt } from './spans.ts'
import { secondsOf } from './tally.ts'
import type { UnitNumbers } from './unit-numbers.ts'

/** What intervals of days are counted into. */
export type Counting = {
  groups: Groups
  scope: Scope
  grouping: Grouping
  /** 1 for units whose runs are measured, and for ambulances. */
  measured: UnitNumbers
  ambulance: UnitNumbers
  /** The group of a unit's station; undefined where is not grouped by it. */
  station: UnitNumbers | undefined
}

/** By index of what is counted: its group, or `nowhere`, and its priority. */
type Places = { group: Int32Array; rank: Uint8Array }

const createPlaces = (length: number): Places => ({
  group: new Int32Array(length).fill(nowhere),
  rank: new Uint8Array(length),
})

/** One span: an exclusion when its end is before its beginning. */
function add(to: Counted, ms: number, rank: number): void {
  if (ms < 0) to.excluded += 1
  else if (ms >= 0) addValue(to, secondsOf(ms), rank)
}

/** One interval of all runs of a day. */
function addColumn(to: readonly Counted[], column: Seconds, { group, rank }: Places): void {
  for (let at = 0; at < group.length; at += 1) {
    const number = group[at] as number
    if (number === nowhere) continue
    const seconds = secondsAt(column, at)
    if (seconds === noSpan) continue
    if (seconds === backwards) (to[number] as Counted).excluded += 1
    else addValue(to[number] as Counted, seconds, rank[at] as number)
  }
}

function addTotal(to: Counted, seconds: number, rank: number, isSecond: boolean): void {
  if (seconds === Number.POSITIVE_INFINITY) return
  if (seconds === backwards) {
    to.excluded += 1
    return
  }
  addValue(to, seconds, rank)
  if (isSecond) to.second += 1
}

/** What begins with the call or the incident; gives where the incident's runs are counted. */
function countIncidents(counting: Counting, day: Day, mask: Uint8Array, layer: number): Places {
  const { groups, grouping, measured, ambulance, station } = counting
  const [incidents, spans] = [day.part('incidents'), day.spans()]
  const { wide } = incidents
  const places = createPlaces(spans.unit.length)
  const [processing, total, byAmbulance] = [
    groups.of('processing'),
    groups.of('total_response'),
    groups.of('total_response_ambulance'),
  ]
  for (let at = 0, run = 0; at < mask.length; at += 1) {
    const end = incidents.runs_end[at] as number
    const kind = incidents.kind[at] as number
    const rank = priorityOf(kind)
    const ms = day.since + (incidents.received[at] as number)
    const group = mask[at] === 1 ? grouping.of(kind, ms, layer) : nowhere
    let [first, ambulanceFirst] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (; run < end; run += 1) {
      if (group === nowhere) continue
      const unit = spans.unit[run] as number
      if (measured(unit) === 1) places.group[run] = station ? station(unit) : group
      places.rank[run] = rank
      const seconds = secondsAt(spans.total, run)
      if (seconds === noSpan) continue
      if (seconds < first) first = seconds
      if (seconds < ambulanceFirst && ambulance(unit) === 1) ambulanceFirst = seconds
    }
    if (group === nowhere || station) continue
    const answered = timeAt(incidents.answered[at] as number, wide)
    add(processing[group] as Counted, timeAt(incidents.assigned[at] as number, wide) - answered, rank)
    const isSecond = ((incidents.flags[at] as number) & flags.beganByCall) === 0
    addTotal(total[group] as Counted, first, rank, isSecond)
    addTotal(byAmbulance[group] as Counted, ambulanceFirst, rank, isSecond)
  }
  return places
}

function countCalls({ grouping, groups }: Counting, day: Day, mask: Uint8Array, layer: number): void {
  const calls = day.part('calls')
  const to = groups.of('answer')
  for (let at = 0; at < mask.length; at += 1) {
    if (mask[at] === 0) continue
    const created = calls.created[at] as number
    const kind = calls.kind[at] as number
    const group = grouping.of(kind, day.since + created, layer)
    if (group === nowhere) continue
    // Nobody knows yet how grave a call without an incident is.
    const rank = kind === 0 ? 1 : priorityOf(kind)
    add(to[group] as Counted, timeAt(calls.answered[at] as number, calls.wide) - created, rank)
  }
}

/** All intervals of a day. */
export function countDay(counting: Counting, day: Day): void {
  const { groups, grouping, scope, station } = counting
  for (let layer = 0; layer < grouping.layers; layer += 1) {
    const places = countIncidents(counting, day, scope.incidents(day), layer)
    const spans = day.spans()
    for (const name of runSpanNames) addColumn(groups.of(name), spans[name], places)
    if (!station) countCalls(counting, day, scope.calls(day), layer)
  }
}
