import type { AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import type { ReportedPosition } from '@toneout/contract/model/position.ts'
import type { DutyStatus } from '@toneout/contract/model/unit.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { unitStatus } from '../dispatch/rules.ts'

type UnitAtHand = { unit_number: string; duty: DutyStatus; retired_at: string | null }

/** Why the duty cannot be set; undefined when it can. `assigned`: the status of its live assignment. */
export function refuseDuty(unit: UnitAtHand, assigned: AssignmentStatus | undefined): Refusal | undefined {
  if (unit.retired_at !== null) return refuse('retired')
  if (assigned === undefined) return undefined
  const shown = unitStatus(unit.duty, assigned)
  const detail = `${unit.unit_number} is ${shown}; its status follows from its assignment.`
  return refuse('unit_busy', { detail, fields: { duty: [detail] } })
}

/** Why the unit cannot be taken out of use; undefined when it can. */
export function refuseRetirement(
  unit: UnitAtHand,
  assigned: AssignmentStatus | undefined,
): Refusal | undefined {
  if (assigned === undefined) return undefined
  const shown = unitStatus(unit.duty, assigned)
  const detail = `${unit.unit_number} is ${shown}; it can be retired once it is free.`
  return refuse('in_use', { detail })
}

/** Why units cannot wait there; undefined when they can. `inUse`: undefined when there is no such station. */
export function stationFault(inUse: boolean | undefined): string | undefined {
  if (inUse === undefined) return 'There is no such station.'
  return inUse ? undefined : 'The station was taken out of use.'
}

/** A device's clock may be ahead of ours by this. */
export const clockToleranceMs = 5_000

export type PositionedUnit = { id: number; unit_number: string; position_at: string | null }
export type Position = { id: number; latitude: number; longitude: number; at: string }
export type Named = { id: number | null; unit_number: string | null }
export type Sorted = { newest: Position[]; outdated: number; unknown: Named[]; in_future: Named[] }

const named = ({ id, unit_number }: ReportedPosition): Named => ({
  id: id ?? null,
  unit_number: unit_number ?? null,
})

/** The last moment a position may be of, `now` being ours. */
export function latestPossible(now: Date): string {
  return new Date(now.getTime() + clockToleranceMs).toISOString()
}

/**
 * The newest position of each unit that is not older than the stored one, and what becomes of the others. Of
 * two of the same moment the later in the list counts.
 */
export function sortPositions(
  reports: readonly ReportedPosition[],
  units: readonly PositionedUnit[],
  now: Date,
): Sorted {
  const latest = latestPossible(now)
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const byNumber = new Map(units.map((unit) => [unit.unit_number, unit]))
  const newest = new Map<number, Position>()
  const sorted: Sorted = { newest: [], outdated: 0, unknown: [], in_future: [] }
  for (const report of reports) {
    const { id, unit_number, latitude, longitude, at = now.toISOString() } = report
    const unit = id === undefined ? byNumber.get(unit_number ?? '') : byId.get(id)
    const before = unit && newest.get(unit.id)
    if (!unit) sorted.unknown.push(named(report))
    else if (at > latest) sorted.in_future.push(named(report))
    else if (at < (before?.at ?? unit.position_at ?? '')) sorted.outdated += 1
    else {
      if (before) sorted.outdated += 1
      newest.set(unit.id, { id: unit.id, latitude, longitude, at })
    }
  }
  return { ...sorted, newest: [...newest.values()].sort((a, b) => a.id - b.id) }
}
