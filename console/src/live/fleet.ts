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

const unstaffed: readonly UnitStatus[] = ['OFF_DUTY', 'OUT_OF_SERVICE', 'MAINTENANCE']

/** A unit that is off duty or being mended has nobody in it; whatever else one does, somebody is. */
export function staffing(groups: readonly UnitGroup[]): { available: number; staffed: number } {
  const count = (is: (status: UnitStatus) => boolean) =>
    groups.filter((group) => is(group.status)).reduce((sum, group) => sum + group.units.length, 0)
  return {
    available: count((status) => status === 'AVAILABLE'),
    staffed: count((status) => !unstaffed.includes(status)),
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
