import { timeAt } from './day-layout.ts'
import type { Day } from './days.ts'
import type { OnDuty } from './on-duty.ts'
import { createUnitNumbers } from './unit-numbers.ts'

/** Milliseconds of a unit's runs that lie in the period, by what it did. */
type Sums = {
  runs: number
  busy: number
  toScene: number
  onScene: number
  transport: number
  atHospital: number
  onDuty: number
}

/** The first of two that is there, but no later than a third. */
const firstOf = (one: number, other: number, most: number) => {
  const at = Number.isNaN(one) ? other : one
  return at < most ? at : most
}

type Period = { since: number; until: number; onDuty: OnDuty }

/** What one unit did in a period. */
function createWork(unit_id: number, unit_number: string, { since, until, onDuty }: Period) {
  const sums: Sums = {
    ...{ runs: 0, busy: 0, toScene: 0, onScene: 0, transport: 0, atHospital: 0, onDuty: 0 },
  }
  const isAlways = onDuty.always(unit_id)
  /** Of a span what lies in the period; 0 where an end is missing. */
  const clipped = (from: number, to: number): number => {
    const end = to < until ? to : until
    const begin = from > since ? from : since
    return end > begin && from <= to ? end - begin : 0
  }
  return {
    unit_id,
    unit_number,
    sums,
    /** One run of a day. */
    add(day: Day, at: number, began: number, ended: number): void {
      const runs = day.part('runs')
      const there = day.since + timeAt(runs.there[at] as number, runs.wide)
      const left = day.since + timeAt(runs.left[at] as number, runs.wide)
      const arrived = day.since + timeAt(runs.arrived[at] as number, runs.wide)
      const gone = Number.isNaN(left) ? arrived : left
      const busy = clipped(began, ended)
      sums.runs += 1
      sums.busy += busy
      sums.toScene += clipped(began, firstOf(there, gone, ended))
      sums.onScene += clipped(there, firstOf(gone, ended, ended))
      sums.transport += clipped(left, firstOf(arrived, ended, ended))
      sums.atHospital += clipped(arrived, ended)
      const [begin, end] = [began > since ? began : since, ended < until ? ended : until]
      sums.onDuty += isAlways ? busy : onDuty.within(unit_id, begin, end)
    },
  }
}
export type Work = ReturnType<typeof createWork>

/** The number of units that are not measured. */
export const nobody = -1
type Named = ReadonlyMap<number, { unit_number: string }>

/** Work of the measured units; a unit's number is where it stands in `work`. */
export function createFleet(measured: ReadonlySet<number>, units: Named, period: Period) {
  const ids = [...measured]
  return {
    numberOf: createUnitNumbers(new Map(ids.map((id, number) => [id, number])), nobody),
    work: ids.map((id) => createWork(id, units.get(id)?.unit_number ?? '', period)) as readonly Work[],
  }
}
export type Fleet = ReturnType<typeof createFleet>
