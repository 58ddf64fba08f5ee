import { flags, timeAt } from './day-layout.ts'
import type { Day } from './days.ts'
import type { Level } from './level.ts'
import type { OnDuty } from './on-duty.ts'
import type { Scope } from './scope.ts'
import { type Fleet, nobody, type Work } from './unit-work.ts'

/** What the runs of days are counted into. */
export type Counting = {
  scope: Scope
  /** Whether a filter asks the incidents of the runs. */
  asksIncident: boolean
  /** The units that are measured. */
  fleet: Fleet
  since: number
  until: number
  now: number
  onDuty: OnDuty
  busy: Level
  /**
   * What is left of the units at the station, whatever they do: their level is that of the place and not of
   * the incidents that are asked for.
   */
  taken: Level
  excluded: number
}

/** What counts of each run of a day. */
const bits = { busy: 1, taken: 2 } as const

/** 1 for each run of the incidents that are asked for; undefined when all are. */
function askedRuns({ scope, asksIncident }: Counting, day: Day): Uint8Array | undefined {
  if (!asksIncident) return undefined
  const incidents = scope.incidents(day)
  const { runs_end } = day.part('incidents')
  const asked = new Uint8Array(day.part('runs').unit.length)
  for (let incident = 0, at = 0; incident < incidents.length; incident += 1) {
    const end = runs_end[incident] as number
    asked.fill(incidents[incident] as number, at, end)
    at = end
  }
  return asked
}

type Runs = { begins: Float64Array; ends: Float64Array; counts: Uint8Array }

/** One run: its ends, and what of it counts. */
function countRun(counting: Counting, day: Day, at: number, isAsked: boolean, into: Runs): void {
  const { fleet, since, until, now, onDuty, taken } = counting
  const runs = day.part('runs')
  const number = fleet.numberOf(runs.unit[at] as number)
  if (number === nobody) return
  const unit = fleet.work[number] as Work
  const began = day.since + timeAt(runs.assigned[at] as number, runs.wide)
  const end = day.since + timeAt(runs.ended[at] as number, runs.wide)
  const isImported = ((runs.flags[at] as number) & flags.imported) !== 0
  const ended = Number.isNaN(end) && !isImported ? now : end
  const isWithin = began >= since && began < until
  if (isAsked && isWithin && !(ended >= began)) counting.excluded += 1
  if (!(ended >= began && ended > since && began < until)) return
  into.begins[at] = began
  into.ends[at] = ended
  const lasts = Math.min(ended, until) > Math.max(began, since)
  let counts = lasts && isAsked ? bits.busy : 0
  if (lasts && onDuty.always(unit.unit_id)) counts |= bits.taken
  else onDuty.each(unit.unit_id, began, ended, taken.add)
  into.counts[at] = counts
  if (isAsked) unit.add(day, at, began, ended)
}

export function countDay(counting: Counting, day: Day): void {
  const { busy, taken } = counting
  const asked = askedRuns(counting, day)
  const n = day.part('runs').unit.length
  const into = { begins: new Float64Array(n), ends: new Float64Array(n), counts: new Uint8Array(n) }
  for (let at = 0; at < n; at += 1) countRun(counting, day, at, asked === undefined || asked[at] === 1, into)
  const { begins, ends, counts } = into
  // In the orders that the day keeps, nearly nothing is left to sort.
  const { begins: byBegin, ends: byEnd } = day.order()
  for (let place = 0; place < n; place += 1) {
    const first = byBegin[place] as number
    if (((counts[first] as number) & bits.busy) !== 0) busy.begins(begins[first] as number)
    if (((counts[first] as number) & bits.taken) !== 0) taken.begins(begins[first] as number)
    const last = byEnd[place] as number
    if (((counts[last] as number) & bits.busy) !== 0) busy.ends(ends[last] as number)
    if (((counts[last] as number) & bits.taken) !== 0) taken.ends(ends[last] as number)
  }
  busy.settle()
  taken.settle()
}
