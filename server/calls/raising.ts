import type { Call } from '@toneout/contract/model/call.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { decideRaise, followedFields, formatIncidentNumber } from '../incidents/rules-raising.ts'
import { revise, type Work, type WorkedCall } from './work.ts'

/**
 * Whether what a request tells of a call is to be taken over into the incident that it had before. Also when
 * the call knew it already: the request may repeat one that ended between the two commits.
 */
export function isFollowed(before: Call, told: Partial<Record<keyof Call, unknown>>): boolean {
  return before.incident_id !== null && followedFields.some((name) => told[name] !== undefined)
}

/** Raises the incident of a call once type and place are known, in the transaction that learns of them. */
export function raiseIncident(work: Work, worked: WorkedCall, actor: Actor): void {
  const { auto_incident, incident_number_template: template } = work.settings
  const decided = decideRaise(worked.call, auto_incident)
  if (!('incident' in decided)) return
  const id = work.nextIncidentId()
  const year = Number(decided.incident.received_at.slice(0, 4))
  const incident = {
    id,
    incident_number: formatIncidentNumber(template, year, id),
    ...decided.incident,
    followed_call_id: worked.call.id,
  }
  work.raised.push(incident)
  worked.call = { ...worked.call, incident_id: id }
  revise(work, worked)
  const { incident_number, priority, emergency_type } = incident
  const data = { incident_number, priority, emergency_type, needs_pin: decided.needs_pin }
  const about = { at: work.now, actor, call_id: worked.call.id, incident_id: id }
  work.facts.push({ ...about, type: 'incident_raised', data }, { ...about, type: 'call_linked', data: {} })
}
