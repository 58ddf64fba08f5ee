import type { Assignment } from '@toneout/contract/model/assignment.ts'
import { acknowledged } from './attempts.ts'
import type { Attempt, Violation } from './entry.ts'

/** Later than every instant: a live assignment has no end yet. */
const never = '~'
const endOf = (one: Assignment) => one.cleared_at ?? one.cancelled_at ?? one.diverted_at ?? never

const compare = (a: string, b: string) => Number(a > b) - Number(a < b)

/**
 * Sweeps the assignments of one unit or one paramedic in the order they began: none may begin before those in
 * front of it have ended. An end and a beginning at the same instant touch and do not overlap.
 */
function sweep(name: string, rows: readonly Assignment[]): string[] {
  const inOrder = rows.toSorted(
    (a, b) => compare(a.assigned_at, b.assigned_at) || compare(endOf(a), endOf(b)) || a.id - b.id,
  )
  const found: string[] = []
  let last: Assignment | undefined
  for (const row of inOrder) {
    if (last && row.assigned_at < endOf(last)) {
      const until = endOf(last) === never ? 'is live' : `ended ${endOf(last)}`
      found.push(`${name}: assignment ${row.id} began ${row.assigned_at}, assignment ${last.id} ${until}`)
    }
    if (!last || endOf(row) > endOf(last)) last = row
  }
  return found
}

/** P3: no unit and no paramedic is on two assignments at any instant. */
export function checkOverlaps(assignments: readonly Assignment[]): Violation[] {
  const units = Map.groupBy(assignments, (one) => one.unit_id)
  const led = assignments.filter((one) => one.paramedic_id !== null)
  const paramedics = Map.groupBy(led, (one) => one.paramedic_id)
  const found = [
    ...[...units].flatMap(([id, rows]) => sweep(`unit ${id}`, rows)),
    ...[...paramedics].flatMap(([id, rows]) => sweep(`paramedic ${id}`, rows)),
  ]
  return found.map((what) => ({ check: 'P3', what }))
}

/** A duty is changed while the unit is free, and a unit that is off duty is not sent. */
export function checkDuties(attempts: readonly Attempt[]): Violation[] {
  return acknowledged(attempts, 'duty').flatMap(({ n, action, reply }) => {
    if (reply.live.length === 0) return []
    const { unit_id, duty } = action
    const what = `request ${n}: unit ${unit_id} became ${duty} while on ${reply.live.join(', ')}`
    return [{ check: 'duty', what }]
  })
}
