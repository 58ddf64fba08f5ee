import type { Utilisation } from '@toneout/contract/model/analytics.ts'
import type { UnitsQuery } from '@toneout/contract/model/analytics-query.ts'
import { flags, timeAt } from './day-layout.ts'
import type { Day } from './days.ts'
import { createLevel } from './level.ts'
import type { Measures } from './measures.ts'
import { createOnDuty, type OnDuty } from './on-duty.ts'
import { dayMs } from './packed-rows.ts'
import { columnsFor, createScope, measuredUnits, type Scope } from './scope.ts'
import { readDuty } from './store-duty.ts'

/** Runs of incidents that were received so long before the period are looked for. */
const lookBackMs = 8 * dayMs

type Work = Omit<Utilisation['units'][number], 'staffed_s' | 'uhu'> & { on_duty_ms: number }

type Counting = {
  scope: Scope
  /** Whether a filter asks the incidents of the runs. */
  asksIncident: boolean
  measured: ReadonlySet<number>
  /** What is left of the units at the station, whatever they do: their level is that of the place. */
  free: ReadonlySet<number>
  since: number
  until: number
  now: number
  onDuty: OnDuty
  busy: ReturnType<typeof createLevel>
  taken: ReturnType<typeof createLevel>
  work: Map<number, Work>
  excluded: number
}

const newWork = (unit_id: number, unit_number: string): Work => ({
  ...{ unit_id, unit_number, runs: 0, busy_s: 0, to_scene_s: 0, on_scene_s: 0, transport_s: 0 },
  ...{ at_hospital_s: 0, on_duty_ms: 0 },
})

/** Seconds of a span that lie in the period; 0 where an end is missing. */
function clipped({ since, until }: Counting, from: number, to: number): number {
  const end = to < until ? to : until
  const begin = from > since ? from : since
  return end > begin && from <= to ? (end - begin) / 1_000 : 0
}

/** The first of two that is there, but no later than a third. */
const firstOf = (one: number, other: number, most: number) => {
  const at = Number.isNaN(one) ? other : one
  return at < most ? at : most
}

/** One run: what of it lies in the period goes to its unit, by what the unit did. */
function addRun(counting: Counting, work: Work, day: Day, at: number, began: number, ended: number): void {
  const runs = day.part('runs')
  const there = day.since + timeAt(runs.there[at] as number, runs.wide)
  const left = day.since + timeAt(runs.left[at] as number, runs.wide)
  const arrived = day.since + timeAt(runs.arrived[at] as number, runs.wide)
  const gone = Number.isNaN(left) ? arrived : left
  work.runs += 1
  work.busy_s += clipped(counting, began, ended)
  work.to_scene_s += clipped(counting, began, firstOf(there, gone, ended))
  work.on_scene_s += clipped(counting, there, firstOf(gone, ended, ended))
  work.transport_s += clipped(counting, left, firstOf(arrived, ended, ended))
  work.at_hospital_s += clipped(counting, arrived, ended)
  const begin = began > counting.since ? began : counting.since
  const end = ended < counting.until ? ended : counting.until
  work.on_duty_ms += counting.onDuty.within(work.unit_id, begin, end)
}

function countDay(counting: Counting, day: Day, units: Measures['units']): void {
  const { scope, asksIncident, measured, free, since, until, now, work } = counting
  const [incidents, runs] = [day.part('incidents'), day.part('runs')]
  for (let incident = 0, at = 0; incident < incidents.received.length; incident += 1) {
    const isAsked = !asksIncident || scope.incident(day, incident)
    for (; at < (incidents.runs_end[incident] as number); at += 1) {
      const unit = runs.unit[at] as number
      const began = day.since + timeAt(runs.assigned[at] as number, runs.wide)
      const end = day.since + timeAt(runs.ended[at] as number, runs.wide)
      const isImported = ((runs.flags[at] as number) & flags.imported) !== 0
      const ended = Number.isNaN(end) && !isImported ? now : end
      const reaches = ended >= began && ended > since && began < until
      if (reaches && free.has(unit)) counting.onDuty.each(unit, began, ended, counting.taken.add)
      if (!isAsked || !measured.has(unit)) continue
      if (!(ended >= began) && began >= since && began < until) counting.excluded += 1
      if (!reaches) continue
      const one = work.get(unit) ?? newWork(unit, units.get(unit)?.unit_number ?? '')
      work.set(unit, one)
      counting.busy.add(began, ended)
      addRun(counting, one, day, at, began, ended)
    }
  }
}

/** Seconds without a unit that is on duty and on no run. */
async function levelZero({ taken }: Counting, onDuty: OnDuty): Promise<number> {
  const changes = onDuty.changes()
  let [at, staffed, ms] = [0, 0, 0]
  await taken.walk(
    changes.map((one) => one.at),
    (from, to, busy) => {
      for (; at < changes.length && (changes[at]?.at as number) <= from; at += 1) {
        staffed += changes[at]?.step as number
      }
      if (staffed - busy <= 0) ms += to - from
    },
  )
  return ms / 1_000
}

export async function readUtilisation(measures: Measures, query: UnitsQuery): Promise<Utilisation> {
  const { db, days, units, now } = measures
  const [since, most] = [Date.parse(query.from), Math.min(Date.parse(query.to), Date.parse(now))]
  const until = Math.max(since, most)
  const measured = measuredUnits(units, query)
  const onDuty = createOnDuty(await readDuty(db, { ...query, now }), measured)
  // The station is asked of units and not of their incidents.
  const { station_id: _, ...ofIncident } = query
  const filters = [query.priority, query.emergency_type, query.shift, query.area]
  const counting: Counting = {
    scope: createScope({ query: { ...ofIncident, station_id: undefined }, units, ofPeriod: false }),
    asksIncident: filters.some((filter) => filter !== undefined),
    ...{ measured, free: measured, since, until, now: Date.parse(now), onDuty },
    ...{ busy: createLevel(since, until), taken: createLevel(since, until), work: new Map(), excluded: 0 },
  }
  const from = new Date(since - lookBackMs).toISOString()
  const columns = columnsFor({ ...ofIncident, station_id: undefined }, ['incidents', 'runs'])
  for await (const day of days.walk({ from, to: query.to, columns })) countDay(counting, day, units)
  return shown(counting, onDuty)
}

async function shown(counting: Counting, onDuty: OnDuty): Promise<Utilisation> {
  const { since, until, work, excluded } = counting
  let busy_most = 0
  let busyMs = 0
  await counting.busy.walk([], (from, to, n) => {
    busy_most = Math.max(busy_most, n)
    busyMs += n * (to - from)
  })
  const all = [...work.values()].sort(
    (a, b) => b.busy_s - a.busy_s || (a.unit_number < b.unit_number ? -1 : 1),
  )
  const staffedMs = onDuty.all()
  const busyOnDuty = all.reduce((sum, { on_duty_ms }) => sum + on_duty_ms, 0)
  return {
    units: all.map(({ on_duty_ms, ...one }) => {
      const staffed = onDuty.of(one.unit_id)
      return { ...one, staffed_s: staffed && staffed / 1_000, uhu: staffed ? on_duty_ms / staffed : null }
    }),
    excluded,
    busy_mean: until > since ? busyMs / (until - since) : 0,
    busy_most,
    staffed_s: staffedMs === null ? null : staffedMs / 1_000,
    uhu: staffedMs ? busyOnDuty / staffedMs : null,
    level_zero_s: staffedMs === null ? null : await levelZero(counting, onDuty),
  }
}
