import type { HospitalFigures } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import { none, timeAt } from './day-layout.ts'
import type { Day } from './days.ts'
import type { Measures } from './measures.ts'
import { columnsFor, createScope, measuredUnits, type Scope } from './scope.ts'
import { readDiversion } from './store-duty.ts'
import { addSeconds, createTally, percentileOf, secondsOf } from './tally.ts'

const createWall = () => ({ arrivals: 0, excluded: 0, tally: createTally() })
/** By hospital; `none` for runs that name none. */
type Walls = Map<number, ReturnType<typeof createWall>>

function countDay(walls: Walls, day: Day, scope: Scope, measured: ReadonlySet<number>): void {
  const [incidents, runs] = [day.part('incidents'), day.part('runs')]
  const asked = scope.incidents(day)
  for (let at = 0, run = 0; at < asked.length; at += 1) {
    const end = incidents.runs_end[at] as number
    if (asked[at] === 0) run = end
    for (; run < end; run += 1) {
      const arrived = timeAt(runs.arrived[run] as number, runs.wide)
      if (Number.isNaN(arrived) || !measured.has(runs.unit[run] as number)) continue
      const hospital = runs.hospital[run] as number
      const wall = walls.get(hospital) ?? createWall()
      walls.set(hospital, wall)
      wall.arrivals += 1
      const ms = timeAt(runs.cleared[run] as number, runs.wide) - arrived
      if (ms < 0) wall.excluded += 1
      if (ms >= 0) addSeconds(wall.tally, secondsOf(ms))
    }
  }
}

/** Arrivals and wall times by hospital, how long each diverted, and who is on the way now. */
export async function readHospitals(measures: Measures, query: AnalyticsQuery): Promise<HospitalFigures> {
  const { db, days, units, now } = measures
  const scope = createScope({ query, units, ofPeriod: true })
  const measured = measuredUnits(units, { units: undefined, station_id: query.station_id })
  const { from, to } = query
  const walls: Walls = new Map()
  const hospitals = await readDiversion(db, { from, to, now })
  for await (const day of days.walk({ from, to, columns: columnsFor(query, ['incidents', 'runs']) })) {
    countDay(walls, day, scope, measured)
  }
  const figure = (id: number) => {
    const { arrivals, excluded, tally } = walls.get(id) ?? createWall()
    return { arrivals, n: tally.n, excluded, p50: percentileOf(tally, 5), p90: percentileOf(tally, 9) }
  }
  const named = hospitals
    .map(({ id, retired, ...one }) => ({ hospital_id: id, ...figure(id), ...one, retired }))
    .filter((one) => !one.retired || one.arrivals > 0)
    .map(({ retired: _, ...one }) => one)
  const nowhere = { hospital_id: null, name: null, ...figure(none), inbound: 0, closed_s: 0, advisory_s: 0 }
  return { results: nowhere.arrivals > 0 ? [...named, nowhere] : named }
}
