import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Disposition, Incident } from '@toneout/contract/model/incident.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { decideCancel, decideClose } from '../incidents/rules.ts'
import type { WorkedAssignment } from './rows.ts'
import { assignmentsOf, keepAssignment, keepIncident, note, shownIncident, type Work } from './work.ts'

export type EndIncident = {
  kind: 'end'
  to: 'CLOSED' | 'CANCELLED'
  actor: Actor
  incident_id: number
  body: { disposition: Disposition; force?: boolean; reason?: string }
}

/** Closes or cancels an incident and frees all its units in the same transaction. */
export function endIncident(work: Work, item: EndIncident): { status: 200; body: Incident } | Refusal {
  const { actor, incident_id, body, to } = item
  const incident = work.incidents.get(incident_id)
  if (!incident) return refuse('not_found', { detail: 'There is no such incident.' })
  const decide = to === 'CLOSED' ? decideClose : decideCancel
  const decided = decide(incident, assignmentsOf(work, incident_id), body, work.now)
  if (isRefusal(decided)) return decided
  if (decided.incident.status === undefined) return { status: 200, body: shownIncident(incident) }
  for (const ending of decided.assignments) {
    const after = { ...(work.assignments.get(ending.id) as WorkedAssignment), ...ending }
    keepAssignment(work, after, false)
    const data = { assignment_id: after.id, reason: after.reason, by_incident: to }
    note(work, actor, after.status === 'CANCELLED' ? 'unit_cancelled' : 'unit_cleared', after, data)
  }
  const ended = keepIncident(work, { ...incident, ...decided.incident })
  const { disposition } = ended
  const data = { disposition, reason: body.reason ?? null, forced: body.force ?? false }
  const type = to === 'CLOSED' ? 'incident_closed' : 'incident_cancelled'
  work.facts.push({ at: work.now, type, actor, incident_id, data })
  return { status: 200, body: shownIncident(ended) }
}
