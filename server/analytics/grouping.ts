import { type IntervalsQuery, shifts } from '@toneout/contract/model/analytics-query.ts'
import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { priorityOf, typeOf } from './day-layout.ts'
import type { Groups } from './groups.ts'
import { dayWord, type LocalTime } from './local-time.ts'

const withinShift = (shift: string, hour: number) => {
  const [first = 0, end = 0] = shift.split('-').map(Number)
  return first < end ? hour >= first && hour < end : hour >= first || hour < end
}
const hours = Array.from({ length: 24 }, (_, hour) => hour)
const shiftsOf = hours.map((hour) => shifts.filter((one) => withinShift(one, hour)))

/** Stands for the number of no group. */
export const nowhere = -1

/** What something at one time is counted under: a group of each layer, since shifts overlap. */
export type Grouping = {
  layers: number
  /** The number of a group, or `nowhere`. */
  of: (kind: number, ms: number, layer: number) => number
}

/** A call without an incident has no priority and no type. */
export function createGrouping(by: IntervalsQuery['by'], local: LocalTime, groups: Groups): Grouping {
  if (by === 'PRIORITY' || by === 'EMERGENCY_TYPE') {
    const wordOf = (kind: number) => (by === 'PRIORITY' ? priorityOf(kind) : emergencyTypes[typeOf(kind)])
    // Made when it is needed: most kinds there might be are none.
    const numbers = new Map<number, number>([[0, nowhere]])
    return {
      layers: 1,
      of(kind) {
        const known = numbers.get(kind)
        if (known !== undefined) return known
        const number = groups.numberOf(String(wordOf(kind)))
        numbers.set(kind, number)
        return number
      },
    }
  }
  if (by === 'SHIFT') {
    const numbers = shiftsOf.map((words) => words.map((word) => groups.numberOf(word)))
    return {
      layers: Math.max(...numbers.map(({ length }) => length)),
      of: (_, ms, layer) => numbers[local.hour(ms)]?.[layer] ?? nowhere,
    }
  }
  if (by === 'DAY') {
    let [last, number] = [Number.NaN, nowhere]
    return {
      layers: 1,
      of(_, ms) {
        const day = local.day(ms)
        if (day !== last) number = groups.numberOf(dayWord(day))
        last = day
        return number
      },
    }
  }
  const all = groups.numberOf('all')
  return { layers: 1, of: () => all }
}
