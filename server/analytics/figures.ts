import type { Figure } from '@toneout/contract/model/analytics.ts'
import type { IntervalsQuery } from '@toneout/contract/model/analytics-query.ts'
import { type Counting, countDay } from './count-figures.ts'
import type { Column, Day } from './days.ts'
import { createGrouping, nowhere } from './grouping.ts'
import { createGroups, type Groups } from './groups.ts'
import { dayWord } from './local-time.ts'
import type { Measures } from './measures.ts'
import { columnsFor, createScope, isAmbulance, measuredUnits, type Units } from './scope.ts'
import { createUnitNumbers, type UnitNumbers } from './unit-numbers.ts'

const onesFor = (ids: Iterable<number>) => createUnitNumbers(new Map([...ids].map((id) => [id, 1])), 0)

/** The group of each unit's station. */
function stationsOf(units: Units, groups: Groups): UnitNumbers {
  const all = [...units.values()].filter(({ station_id }) => station_id !== null)
  return createUnitNumbers(
    new Map(all.map(({ id, station_id }) => [id, groups.numberOf(String(station_id))])),
    nowhere,
  )
}

/** The columns that intervals are counted from. */
export const figureColumns = ['incidents', 'spans', 'calls'] as const satisfies Column[]

/** Intervals by group, of days that come in their order. By station there are only those of runs. */
export function createFigures({ targets, units }: Measures, query: IntervalsQuery) {
  const scope = createScope({ query, units, ofPeriod: true })
  const groups = createGroups(targets)
  const grouping = createGrouping(query.by, scope.local, groups)
  const counting: Counting = {
    ...{ groups, scope, grouping },
    measured: onesFor(measuredUnits(units, query)),
    ambulance: onesFor([...units.values()].filter(isAmbulance).map(({ id }) => id)),
    station: query.by === 'STATION' ? stationsOf(units, groups) : undefined,
  }
  const shown: Figure[] = []
  return {
    add(day: Day): void {
      countDay(counting, day)
      // No later day adds to a local day that ended before this one began.
      if (query.by === 'DAY') shown.push(...groups.takeBefore(dayWord(scope.local.day(day.since) - 1)))
    },
    all: () => [...shown, ...groups.takeBefore()],
  }
}

export async function readFigures(measures: Measures, query: IntervalsQuery): Promise<Figure[]> {
  const figures = createFigures(measures, query)
  const { from, to } = query
  const columns = columnsFor(query, figureColumns)
  for await (const day of measures.days.walk({ from, to, columns })) figures.add(day)
  return figures.all()
}
