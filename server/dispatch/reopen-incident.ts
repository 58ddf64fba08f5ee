import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Role } from '@toneout/contract/roles.ts'
import { decideReopen } from '../incidents/rules.ts'
import { keepIncident, shownIncident, type Work } from './work.ts'

export type ReopenIncident = { kind: 'reopen'; actor: Actor; role: Role; incident_id: number; reason: string }

/** Opens an ended incident again; its units have gone on and are not bound again. */
export function reopenIncident(work: Work, item: ReopenIncident): { status: 200; body: Incident } | Refusal {
  const { actor, role, incident_id, reason } = item
  const incident = work.incidents.get(incident_id)
  if (!incident) return refuse('not_found', { detail: 'There is no such incident.' })
  const decided = decideReopen(incident, role, work.now)
  if (isRefusal(decided)) return decided
  const opened = keepIncident(work, { ...incident, ...decided })
  const data = { reason, was: incident.status, disposition: incident.disposition }
  work.facts.push({ at: work.now, type: 'incident_reopened', actor, incident_id, data })
  return { status: 200, body: shownIncident(opened) }
}
