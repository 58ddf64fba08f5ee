import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import {
  type Absorbed,
  decideMerge,
  decideSplit,
  type Merge,
  type Moving,
} from '../incidents/rules-merging.ts'
import { differences } from '../lib/differences.ts'
import type { WorkedAssignment, WorkedIncident } from './rows.ts'
import { keepAssignment, keepIncident, shownIncident, type Work } from './work.ts'

export type MergeIncidents = {
  kind: 'merge' | 'split'
  actor: Actor
  /** The incident that is found to be the same as another, or was. */
  incident_id: number
  /** The other; for a split it is known from the merge. */
  into_id: number | null
}

/** Calls and assignments go to `to`; each assignment keeps its milestones. */
function move(work: Work, { record }: Moving, to: number): void {
  for (const id of record.call_ids) {
    work.calls.set(id, { id, incident_id: to })
    work.changedCalls.add(id)
  }
  for (const id of record.assignment_ids) {
    keepAssignment(work, { ...(work.assignments.get(id) as WorkedAssignment), incident_id: to }, false)
  }
}

type Both = { from: Incident; into: Incident }
type Worked = { from: WorkedIncident; into: WorkedIncident }

function decide(work: Work, kind: MergeIncidents['kind'], { from, into }: Worked): Moving | Refusal {
  const held = { calls: [...work.calls.values()], assignments: [...work.assignments.values()] }
  const others = into.absorbed.filter(({ id }) => id !== from.id)
  return kind === 'merge'
    ? decideMerge(from, into, { ...held, absorbed: from.absorbed, others }, work.now)
    : decideSplit(from, into, from.merge_record as Merge, { ...held, others })
}

/** The facts of both incidents: what was moved, and what became of the one it was moved to. */
function tell(work: Work, { actor, kind }: MergeIncidents, { record, into }: Moving, was: Incident): void {
  const { own: _, ...moved } = record
  const { priority, received_at } = into
  const data = { ...moved, changes: differences(was, { priority, received_at }) }
  const type = kind === 'merge' ? 'calls_merged' : 'calls_split'
  for (const incident_id of [record.from_id, record.into_id]) {
    work.facts.push({ at: work.now, type, actor, incident_id, data })
  }
}

/**
 * Merges an incident into the one it is the same as, or splits it off again. Both are exact opposites: the
 * merge keeps what it moved, and the split takes back what of it is still there.
 */
export function mergeIncidents(work: Work, item: MergeIncidents): { status: 200; body: Both } | Refusal {
  const { kind, incident_id } = item
  const from = work.incidents.get(incident_id)
  const into = work.incidents.get(item.into_id ?? from?.merged_into ?? -1)
  if (!from) return refuse('not_found', { detail: 'There is no such incident.' })
  if (kind === 'split' && (!into || !from.merge_record)) return refuse('incident_not_merged')
  if (!into) return refuse('not_found', { fields: { into_id: ['There is no such incident.'] } })
  const decided = decide(work, kind, { from, into })
  if (isRefusal(decided)) return decided
  const isMerge = kind === 'merge'
  move(work, decided, isMerge ? into.id : from.id)
  const { id, priority, received_at } = from
  const others = into.absorbed.filter((one) => one.id !== id)
  const merged: Absorbed = { id, priority, received_at, own: decided.record.own }
  const absorbed = isMerge ? [...others, merged] : others
  const shown = {
    from: keepIncident(work, { ...from, ...decided.from, merge_record: isMerge ? decided.record : null }),
    into: keepIncident(work, { ...into, ...decided.into, absorbed }),
  }
  tell(work, item, decided, into)
  return { status: 200, body: { from: shownIncident(shown.from), into: shownIncident(shown.into) } }
}
