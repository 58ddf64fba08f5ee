import type { Assignment, AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import { assignmentTransitions, isLive } from '@toneout/contract/model/assignment.ts'
import {
  type Disposition,
  type Incident,
  type IncidentStatus,
  incidentStatuses,
} from '@toneout/contract/model/incident.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Role } from '@toneout/contract/roles.ts'

/** What an incident shows for its furthest live unit; a unit that is free again shows nothing (RECEIVED). */
const shown: Readonly<Record<AssignmentStatus, IncidentStatus>> = {
  ASSIGNED: 'DISPATCHED',
  ACKNOWLEDGED: 'DISPATCHED',
  EN_ROUTE: 'EN_ROUTE',
  ON_SCENE: 'ON_SCENE',
  AT_PATIENT: 'ON_SCENE',
  TRANSPORTING: 'TRANSPORTING',
  AT_HOSPITAL: 'AT_HOSPITAL',
  HANDOVER_DONE: 'AT_HOSPITAL',
  CLEARED: 'RECEIVED',
  CANCELLED: 'RECEIVED',
  DIVERTED: 'RECEIVED',
}
/** An incident that has no end (any more); its status then follows from its units. */
export const open = { status: 'RECEIVED', closed_at: null, disposition: null, merged_into: null } as const

export const isEnded = (status: IncidentStatus) => status === 'CLOSED' || status === 'CANCELLED'

/** From all assignments of an incident; of its stored status only CLOSED and CANCELLED count: they stay. */
export function deriveStatus(assignments: readonly Pick<Assignment, 'status'>[], stored: IncidentStatus) {
  if (isEnded(stored)) return stored
  const steps = assignments.map(({ status }) => incidentStatuses.indexOf(shown[status]))
  return incidentStatuses[Math.max(0, ...steps)] ?? 'RECEIVED'
}

const presence = ['on_scene_at', 'at_patient_at', 'transporting_at', 'at_hospital_at'] as const
const latest = (times: readonly (string | null)[]) => times.reduce<string>((a, b) => (b && b > a ? b : a), '')

/**
 * Since when an open incident waits only for its disposition: the end of its last assignment; null while it
 * does not. When its last unit has cleared, it shows RECEIVED as before anyone was sent; this tells the two
 * apart. A unit must have been there, and after it cleared no unit was diverted away and no one reopened the
 * incident: otherwise somebody may still need a unit.
 */
export function awaitsCloseSince(
  all: readonly Assignment[],
  { status, reopened_at }: Pick<Incident, 'status' | 'reopened_at'>,
): string | null {
  if (isEnded(status) || all.some((one) => isLive(one.status))) return null
  const served = all.filter((one) => presence.some((milestone) => one[milestone] !== null))
  const wanted = [...all.map(({ diverted_at }) => diverted_at), reopened_at]
  if (latest(served.map(({ cleared_at }) => cleared_at)) <= latest(wanted)) return null
  return latest(all.flatMap(({ cleared_at, cancelled_at }) => [cleared_at, cancelled_at]))
}

/** What changes of the incident, and of each of its assignments that ends; nothing when it had ended so. */
export type Ending = { incident: Partial<Incident>; assignments: AssignmentEnd[] }
export type AssignmentEnd = Pick<Assignment, 'id'> & Partial<Assignment>
type EndBody = { disposition?: Disposition | null | undefined; force?: boolean; reason?: string }
type Bound = Pick<Assignment, 'id' | 'status'>
type Given = [incident: Incident, assignments: readonly Bound[], body: EndBody, now: string]

/**
 * A unit with a patient on board is not free whatever is written: it would be offered to somebody else, and
 * its hospital would expect nobody. So the end waits for the handover, unless a person forces it with a
 * reason, as when the crew's reports are lost; the reason goes into the fact.
 */
function decideEnding(to: 'CLOSED' | 'CANCELLED', ...[incident, assignments, body, now]: Given) {
  const { disposition } = body
  const reason = body.reason?.trim() || null
  if (!disposition) return refuse('disposition_required')
  if (isEnded(incident.status)) {
    const isSame = incident.status === to && incident.disposition === disposition
    return isSame ? { incident: {}, assignments: [] } : refuse('incident_not_open')
  }
  const live = assignments.filter(({ status }) => isLive(status))
  const loaded = live.filter(({ status }) => status === 'TRANSPORTING' || status === 'AT_HOSPITAL')
  if (loaded.length > 0 && !body.force) {
    const force = loaded.map(({ id, status }) => `Assignment ${id} is ${status}.`)
    return refuse('patient_on_board', { fields: { force } })
  }
  if (loaded.length > 0 && reason === null) return refuse('reason_required')
  const ends = live.map(({ id, status }) =>
    to === 'CANCELLED' && assignmentTransitions[status].includes('CANCELLED')
      ? { id, status: 'CANCELLED' as const, cancelled_at: now, reason: reason ?? disposition }
      : { id, status: 'CLEARED' as const, cleared_at: now },
  )
  return { incident: { status: to, disposition, closed_at: now }, assignments: ends }
}

export const decideClose = (...given: Given): Ending | Refusal => decideEnding('CLOSED', ...given)
/** Units on scene or further become CLEARED: the table of transitions does not let them be cancelled. */
export const decideCancel = (...given: Given): Ending | Refusal => decideEnding('CANCELLED', ...given)

/** Supervisors only. It binds no unit again: those have gone on; a merged incident is split instead. */
export function decideReopen(incident: Incident, role: Role, now: string): Partial<Incident> | Refusal {
  if (role !== 'supervisor') return refuse('forbidden')
  if (!isEnded(incident.status)) return refuse('incident_not_ended')
  return incident.merged_into === null ? { ...open, reopened_at: now } : refuse('incident_merged')
}
