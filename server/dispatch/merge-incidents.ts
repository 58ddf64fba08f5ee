import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { decideMerge, decideSplit, type Moving } from '../incidents/rules.ts'
import { keepAssignment, keepIncident, shownIncident, type Work, type WorkedIncident } from './work.ts'

export type MergeIncidents = {
  kind: 'merge' | 'split'
  actor: Actor
  /** The incident that is found to be the same as another, or was. */
  incident_id: number
  /** The other; for a split it is known from the merge. */
  into_id: number | null
}

type Both = { from: Incident; into: Incident }

/** Calls and assignments go to `to`; each assignment keeps its milestones. */
function move(work: Work, { record }: Moving, to: number): void {
  for (const id of record.call_ids) {
    work.calls.set(id, { id, incident_id: to })
    work.changedCalls.add(id)
  }
  for (const id of record.assignment_ids) {
    keepAssignment(work, { ...(work.assignments.get(id) as Assignment), incident_id: to }, false)
  }
}

/**
 * Merges an incident into the one it is the same as, or splits it off again. Both are exact opposites: the
 * merge keeps what it moved, and the split takes back what of it is still there.
 */
export function mergeIncidents(work: Work, item: MergeIncidents): { status: 200; body: Both } | Refusal {
  const { actor, kind, incident_id } = item
  const from = work.incidents.get(incident_id)
  const into = work.incidents.get(item.into_id ?? from?.merged_into ?? -1)
  if (!from) return refuse('not_found', { detail: 'There is no such incident.' })
  if (kind === 'split' && (!into || !from.merge_record)) return refuse('incident_not_merged')
  if (!into) return refuse('not_found', { fields: { into_id: ['There is no such incident.'] } })
  const held = { calls: [...work.calls.values()], assignments: [...work.assignments.values()] }
  const decided =
    kind === 'merge'
      ? decideMerge(from, into, { ...held, absorbed: from.absorbed }, work.now)
      : decideSplit(from, into, from.merge_record as Moving['record'], held)
  if (isRefusal(decided)) return decided
  const merge_record = kind === 'merge' ? decided.record : null
  keepIncident(work, { ...from, ...decided.from, merge_record })
  keepIncident(work, { ...into, ...decided.into })
  move(work, decided, kind === 'merge' ? into.id : from.id)
  const type = kind === 'merge' ? 'calls_merged' : 'calls_split'
  for (const id of [from.id, into.id]) {
    work.facts.push({ at: work.now, type, actor, incident_id: id, data: { ...decided.record } })
  }
  const shown = (id: number) => shownIncident(work.incidents.get(id) as WorkedIncident)
  return { status: 200, body: { from: shown(from.id), into: shown(into.id) } }
}
