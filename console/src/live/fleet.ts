import { type Unit, type UnitStatus, unitStatuses } from '@toneout/contract/model/unit.ts'
import type { Centre } from './centre.ts'

const inOrder = new Intl.Collator('en', { numeric: true })

export type UnitGroup = { readonly status: UnitStatus; readonly units: readonly Unit[] }

/** Units in use by status, in the order of the statuses; within one by number, M2 before M10. */
export function unitGroups(known: Centre['units']): UnitGroup[] {
  const rows = [...known.values()].map((entry) => entry.row).filter((row) => row.retired_at === null)
  const groups = Map.groupBy(
    rows.sort((a, b) => inOrder.compare(a.unit_number, b.unit_number) || a.id - b.id),
    (row) => row.status,
  )
  return unitStatuses.flatMap((status) => {
    const units = groups.get(status)
    return units ? { status, units } : []
  })
}

/** Off duty is not staffed; whatever else a unit does, somebody is in it. */
export function staffing(groups: readonly UnitGroup[]): { available: number; staffed: number } {
  const count = (is: (status: UnitStatus) => boolean) =>
    groups.filter((group) => is(group.status)).reduce((sum, group) => sum + group.units.length, 0)
  return {
    available: count((status) => status === 'AVAILABLE'),
    staffed: count((status) => status !== 'OFF_DUTY' && status !== 'OUT_OF_SERVICE'),
  }
}

/** A position older than the first is marked, older than the second it is not used to recommend a unit. */
export const agedAfterMs = 60_000
export const oldAfterMs = 300_000

export type PositionAge = 'fresh' | 'aged' | 'old' | 'none'

export function positionAge(at: string | undefined, now: number): PositionAge {
  if (at === undefined) return 'none'
  const age = now - Date.parse(at)
  if (age > oldAfterMs) return 'old'
  return age > agedAfterMs ? 'aged' : 'fresh'
}

type Positioned = { readonly id: number; readonly position_at: string | null }

/**
 * When each unit was last where it is. Positions carry no cursor, so the newer moment wins, whether a row or
 * the feed brought it. Read by the page's clock, not by React: positions come all the time.
 */
export class Positions {
  #at = new Map<number, string>()

  hear(units: readonly Positioned[]) {
    for (const { id, position_at } of units) {
      if (position_at !== null && position_at > (this.#at.get(id) ?? '')) this.#at.set(id, position_at)
    }
  }

  at(id: number): string | undefined {
    return this.#at.get(id)
  }
}
