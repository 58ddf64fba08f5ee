import { type Assignment, isLive } from '@toneout/contract/model/assignment.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { deriveStatus, isEnded, open } from './rules.ts'

type Bound = Pick<Assignment, 'id' | 'incident_id' | 'status'>
/** Calls and all assignments of both incidents. */
export type Held = { calls: readonly Pick<Call, 'id' | 'incident_id'>[]; assignments: readonly Bound[] }

/**
 * What an incident was by itself before others were merged into it. `run` names the merges that follow each
 * other on one priority: when a person changes the priority of what was merged, the next merge begins a run.
 */
export type Own = { priority: number; received_at: string; run: string }
/**
 * What a merge moved: all that a split needs. Assignments that had ended before stay where they were. Merges
 * of versions that left the priority alone have no `own`.
 */
export type Merge = {
  from_id: number
  into_id: number
  call_ids: number[]
  assignment_ids: number[]
  own?: Own
}
/** An incident that is merged into another one, and what its merge kept of the other. */
export type Absorbed = Pick<Incident, 'id' | 'priority' | 'received_at'> & { own?: Own | null }
/** The rows that `record` names go to `into` by a merge, to `from` by a split. */
export type Moving = { from: Partial<Incident>; into: Partial<Incident>; record: Merge }
/** Those merged into `from` and into `into` before. */
export type Merging = Held & { absorbed: readonly Absorbed[]; others: readonly Absorbed[] }

const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id)
const at = <T extends { incident_id: number | null }>(rows: readonly T[], { id }: Incident) =>
  rows.filter((one) => one.incident_id === id)
const earliest = (times: readonly string[]) => times.reduce((a, b) => (b < a ? b : a))
const gravest = (priority: number, more: readonly Absorbed[]) =>
  Math.min(priority, ...more.map((one) => one.priority))
const inRun = (own: Own, others: readonly Absorbed[]) => others.filter((one) => one.own?.run === own.run)
/** Whether the priority is still what the merges of the run made of it. */
const isUntouched = (into: Incident, own: Own, merged: readonly Absorbed[]) =>
  into.priority === gravest(own.priority, inRun(own, merged))

/** The last run while the priority of `into` is what it made of it, otherwise a new one. */
function ownOf(from: Incident, into: Incident, others: readonly Absorbed[], now: string): Own {
  const known = others.flatMap((one) => one.own ?? []).toSorted((a, b) => (a.run < b.run ? 1 : -1))
  const last = known.find((one) => one.run === known[0]?.run && isUntouched(into, one, others))
  // Nobody edits when a call was received, so what the first merge knew holds for all that come after.
  const received_at = known[0]?.received_at ?? into.received_at
  return { ...(last ?? { priority: into.priority, run: `${now} ${from.id}` }), received_at }
}

/**
 * No chains: nothing may be merged into `from` either (swap the two then), so splits need no order. The graver
 * priority wins, and the first call that was received starts the clock of the total response.
 */
export function decideMerge(from: Incident, into: Incident, held: Merging, now: string): Moving | Refusal {
  if (from.id === into.id) return refuse('merge_into_itself')
  if (from.merged_into !== null || into.merged_into !== null) return refuse('incident_merged')
  if (isEnded(from.status) || isEnded(into.status)) return refuse('incident_not_open')
  if (held.absorbed.length > 0) return refuse('incident_has_merged')
  const moved = at(held.assignments, from).filter(({ status }) => isLive(status))
  const call_ids = ids(at(held.calls, from))
  const own = ownOf(from, into, held.others, now)
  return {
    from: { status: 'CANCELLED', disposition: 'DUPLICATE', closed_at: now, merged_into: into.id },
    into: {
      status: deriveStatus([...at(held.assignments, into), ...moved], into.status),
      priority: Math.min(from.priority, into.priority),
      received_at: earliest([from.received_at, into.received_at]),
    },
    record: { from_id: from.id, into_id: into.id, call_ids, assignment_ids: ids(moved), own },
  }
}

/** What `into` is without `from`, when `others` stay merged: a priority that a person set meanwhile stays. */
function withoutMerged(from: Incident, into: Incident, own: Own, others: readonly Absorbed[]) {
  const isLast = others.every((one) => !one.own || one.own.run <= own.run)
  const gives = isLast && isUntouched(into, own, [...others, { ...from, own }])
  const times = others.flatMap((one) => (one.own ? one.received_at : []))
  return {
    priority: gives ? gravest(own.priority, inRun(own, others)) : into.priority,
    received_at: earliest([own.received_at, ...times]),
  }
}

/**
 * Takes back what the merge moved and is still at `into`; what has ended meanwhile goes back ended. `others`
 * are those that stay merged into `into`.
 */
export function decideSplit(
  from: Incident,
  into: Incident,
  merge: Merge,
  held: Held & { others: readonly Absorbed[] },
): Moving | Refusal {
  const isTheirs = merge.from_id === from.id && merge.into_id === into.id
  if (!isTheirs || from.merged_into !== into.id) return refuse('incident_not_merged')
  const calls = at(held.calls, into).filter(({ id }) => merge.call_ids.includes(id))
  const back = at(held.assignments, into).filter(({ id }) => merge.assignment_ids.includes(id))
  const rest = at(held.assignments, into).filter((one) => !back.includes(one))
  const own = merge.own ? withoutMerged(from, into, merge.own, held.others) : {}
  return {
    from: { ...open, status: deriveStatus([...at(held.assignments, from), ...back], 'RECEIVED') },
    into: { ...own, status: deriveStatus(rest, into.status) },
    record: { ...merge, call_ids: ids(calls), assignment_ids: ids(back) },
  }
}
