import type { Utilisation } from '@toneout/contract/model/analytics.ts'
import type { UnitsQuery } from '@toneout/contract/model/analytics-query.ts'
import { type Counting, countDay } from './count-runs.ts'
import { createLevel } from './level.ts'
import type { Measures } from './measures.ts'
import { createOnDuty, type OnDuty } from './on-duty.ts'
import { dayMs } from './packed-rows.ts'
import { columnsFor, createScope, measuredUnits } from './scope.ts'
import { readDuty } from './store-duty.ts'
import { createFleet } from './unit-work.ts'

/** Runs of incidents that were received so long before the period are looked for. */
const lookBackMs = 8 * dayMs
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
  const onDuty = createOnDuty(await readDuty(db, { ...query, now }), measured, since, until)
  // The station is asked of units and not of their incidents.
  const { station_id: _, ...ofIncident } = query
  const filters = [query.priority, query.emergency_type, query.shift, query.area]
  const counting: Counting = {
    scope: createScope({ query: { ...ofIncident, station_id: undefined }, units, ofPeriod: false }),
    asksIncident: filters.some((filter) => filter !== undefined),
    fleet: createFleet(measured, units, { since, until, onDuty }),
    ...{ since, until, now: Date.parse(now), onDuty },
    ...{ busy: createLevel(since, until), taken: createLevel(since, until), excluded: 0 },
  }
  const from = new Date(since - lookBackMs).toISOString()
  const columns = columnsFor({ ...ofIncident, station_id: undefined }, ['incidents', 'runs', 'order'])
  for await (const day of days.walk({ from, to: query.to, columns })) countDay(counting, day)
  return shown(counting, onDuty)
}

async function shown(counting: Counting, onDuty: OnDuty): Promise<Utilisation> {
  const { since, until, fleet, excluded } = counting
  let busy_most = 0
  let busyMs = 0
  await counting.busy.walk([], (from, to, n) => {
    busy_most = Math.max(busy_most, n)
    busyMs += n * (to - from)
  })
  const all = fleet.work
    .filter(({ sums }) => sums.runs > 0)
    .sort((a, b) => b.sums.busy - a.sums.busy || (a.unit_number < b.unit_number ? -1 : 1))
  const staffedMs = onDuty.all()
  const busyOnDuty = all.reduce((sum, { sums }) => sum + sums.onDuty, 0)
  return {
    units: all.map(({ unit_id, unit_number, sums }) => {
      const staffed = onDuty.of(unit_id)
      return {
        ...{ unit_id, unit_number, runs: sums.runs, busy_s: sums.busy / 1_000 },
        ...{ to_scene_s: sums.toScene / 1_000, on_scene_s: sums.onScene / 1_000 },
        ...{ transport_s: sums.transport / 1_000, at_hospital_s: sums.atHospital / 1_000 },
        ...{ staffed_s: staffed && staffed / 1_000, uhu: staffed ? sums.onDuty / staffed : null },
      }
    }),
    excluded,
    busy_mean: until > since ? busyMs / (until - since) : 0,
    busy_most,
    staffed_s: staffedMs === null ? null : staffedMs / 1_000,
    uhu: staffedMs ? busyOnDuty / staffedMs : null,
    level_zero_s: staffedMs === null ? null : await levelZero(counting, onDuty),
  }
}
