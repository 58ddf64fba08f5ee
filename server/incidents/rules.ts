import type { Assignment, AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import { assignmentTransitions, isLive } from '@toneout/contract/model/assignment.ts'
import type { Call, EmergencyType } from '@toneout/contract/model/call.ts'
import type { Disposition, Incident, IncidentStatus } from '@toneout/contract/model/incident.ts'
import * as model from '@toneout/contract/model/incident.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Role } from '@toneout/contract/roles.ts'
import { distance, isPosition } from '../lib/geo.ts'

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
const fresh = { status: 'RECEIVED', closed_at: null, disposition: null, merged_into: null } as const

export const isEnded = (status: IncidentStatus) => status === 'CLOSED' || status === 'CANCELLED'

/** From all assignments of an incident; of its stored status only CLOSED and CANCELLED count: they stay. */
export function deriveStatus(assignments: readonly Pick<Assignment, 'status'>[], stored: IncidentStatus) {
  if (isEnded(stored)) return stored
  const steps = assignments.map(({ status }) => model.incidentStatuses.indexOf(shown[status]))
  return model.incidentStatuses[Math.max(0, ...steps)] ?? 'RECEIVED'
}

const presence = ['on_scene_at', 'at_patient_at', 'transporting_at', 'at_hospital_at'] as const
const latest = (times: readonly (string | null)[]) => times.reduce<string>((a, b) => (b && b > a ? b : a), '')

/**
 * Whether an open incident waits only for its disposition. When its last unit has cleared, it shows RECEIVED
 * as before anyone was sent; this tells the two apart. A unit must have been there, and after it cleared no
 * unit was diverted away and no one reopened the incident: otherwise somebody may still need a unit.
 */
export function needsClosing(all: readonly Assignment[], stored: IncidentStatus, reopened_at: string | null) {
  if (isEnded(stored) || all.some(({ status }) => isLive(status))) return false
  const served = all.filter((one) => presence.some((milestone) => one[milestone] !== null))
  const wanted = [...all.map(({ diverted_at }) => diverted_at), reopened_at]
  return latest(served.map(({ cleared_at }) => cleared_at)) > latest(wanted)
}

/** What changes of the incident, and of each of its assignments that ends; nothing when it had ended so. */
export type Ending = { incident: Partial<Incident>; assignments: AssignmentEnd[] }
export type AssignmentEnd = Pick<Assignment, 'id'> & Partial<Assignment>
type EndBody = { disposition?: Disposition | null | undefined; force?: boolean; reason?: string }
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
export function decideReopen(incident: Incident, role: Role): Partial<Incident> | Refusal {
  if (role !== 'supervisor') return refuse('forbidden')
  if (!isEnded(incident.status)) return refuse('incident_not_ended')
  return incident.merged_into === null ? fresh : refuse('incident_merged')
}

/** Why a call waits for a person: `needs_person` by its type, `auto_off` by the setting auto_incident. */
export const waitReasons = ['linked', 'cancelled', 'no_type', 'needs_person', 'no_place', 'auto_off'] as const
export type WaitReason = (typeof waitReasons)[number]
export type FirstFields = Omit<Incident, 'id' | 'incident_number'>
export type Raising = { incident: FirstFields; needs_pin: boolean } | { waits: WaitReason }

/**
 * Of an incident that is raised from a call. Unknown urgency is 2: as 1, every call not yet asked about would
 * bury the known threats to life; as 3 or 4, an arrest not yet recognised would wait. Half a place is none.
 */
export function firstFields(call: Call, emergency_type: EmergencyType): FirstFields {
  const { priority_level, location, created_at: received_at } = call
  const priority = priority_level === null ? 2 : model.priorityOf[priority_level]
  const { latitude, longitude } = isPosition(call) ? call : { latitude: null, longitude: null }
  return { ...fresh, priority, emergency_type, location, latitude, longitude, notes: '', received_at }
}

/** A COMPLETED call raises too: who has told enough may hang up. Words without coordinates ask for a pin. */
export function decideRaise(call: Call, auto = true): Raising {
  const { emergency_type } = call
  if (call.incident_id !== null) return { waits: 'linked' }
  if (call.status === 'CANCELLED') return { waits: 'cancelled' }
  if (emergency_type === null) return { waits: 'no_type' }
  if (!model.raisedByThemselves.includes(emergency_type)) return { waits: 'needs_person' }
  if (call.location.trim() === '' && !isPosition(call)) return { waits: 'no_place' }
  if (!auto) return { waits: 'auto_off' }
  return { incident: firstFields(call, emergency_type), needs_pin: !isPosition(call) }
}

/** Whole metres and minutes apart; metres are null when the words of the location are what is equal. */
export type Suggestion = { incident_id: number; metres: number | null; minutes: number }

const separators = /[^\p{L}\p{M}\p{N}]+/gu
const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(separators, ' ').trim()

/** Open incidents that may be the same, at most five, nearest first, those known by words last. */
export function suggestDuplicates(incident: Incident, open: readonly Incident[]): Suggestion[] {
  const found = open.flatMap((other): Suggestion[] => {
    const minutes = Math.abs(Date.parse(incident.received_at) - Date.parse(other.received_at)) / 60_000
    const isKin = model.families[incident.emergency_type] === model.families[other.emergency_type]
    if (other.id === incident.id || isEnded(other.status) || !isKin || minutes > 20) return []
    const metres = isPosition(incident) && isPosition(other) ? distance(incident, other) : null
    const words = plain(incident.location)
    if (metres === null ? words === '' || words !== plain(other.location) : metres > 250) return []
    return [{ incident_id: other.id, metres: metres && Math.round(metres), minutes: Math.round(minutes) }]
  })
  const far = ({ metres }: Suggestion) => metres ?? Number.MAX_SAFE_INTEGER
  return found.toSorted((a, b) => far(a) - far(b) || a.minutes - b.minutes).slice(0, 5)
}

type Bound = Pick<Assignment, 'id' | 'incident_id' | 'status'>
/** Calls and all assignments of both incidents; `absorbed` are the ids of those merged into `from` before. */
export type Held = { calls: readonly Pick<Call, 'id' | 'incident_id'>[]; assignments: readonly Bound[] }
/** What a merge moved: all that a split needs. Assignments that had ended before stay where they were. */
export type Merge = { from_id: number; into_id: number; call_ids: number[]; assignment_ids: number[] }
/** The rows that `record` names go to `into` by a merge, to `from` by a split. */
export type Moving = { from: Partial<Incident>; into: Partial<Incident>; record: Merge }
export type Merging = Held & { absorbed: readonly number[] }

const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id)
const at = <T extends { incident_id: number | null }>(rows: readonly T[], { id }: Incident) =>
  rows.filter((one) => one.incident_id === id)

/** No chains: nothing may be merged into `from` either (swap the two then), so splits need no order. */
export function decideMerge(from: Incident, into: Incident, held: Merging, now: string): Moving | Refusal {
  if (from.id === into.id) return refuse('merge_into_itself')
  if (from.merged_into !== null || into.merged_into !== null) return refuse('incident_merged')
  if (isEnded(from.status) || isEnded(into.status)) return refuse('incident_not_open')
  if (held.absorbed.length > 0) return refuse('incident_has_merged')
  const moved = at(held.assignments, from).filter(({ status }) => isLive(status))
  const call_ids = ids(at(held.calls, from))
  return {
    from: { status: 'CANCELLED', disposition: 'DUPLICATE', closed_at: now, merged_into: into.id },
    into: { status: deriveStatus([...at(held.assignments, into), ...moved], into.status) },
    record: { from_id: from.id, into_id: into.id, call_ids, assignment_ids: ids(moved) },
  }
}

/** Takes back what the merge moved and is still at `into`; what has ended meanwhile goes back ended. */
export function decideSplit(from: Incident, into: Incident, merge: Merge, held: Held): Moving | Refusal {
  const isTheirs = merge.from_id === from.id && merge.into_id === into.id
  if (!isTheirs || from.merged_into !== into.id) return refuse('incident_not_merged')
  const calls = at(held.calls, into).filter(({ id }) => merge.call_ids.includes(id))
  const back = at(held.assignments, into).filter(({ id }) => merge.assignment_ids.includes(id))
  const rest = at(held.assignments, into).filter((one) => !back.includes(one))
  return {
    from: { ...fresh, status: deriveStatus([...at(held.assignments, from), ...back], 'RECEIVED') },
    into: { status: deriveStatus(rest, into.status) },
    record: { ...merge, call_ids: ids(calls), assignment_ids: ids(back) },
  }
}

/** What incidents are numbered by until it is a setting. */
export const numberTemplate = 'I-{yy}-{000000}'
/**
 * `{yyyy}` and `{yy}` are the year, `{000}` the count with at least so many digits, never cut:
 * 'I-{yy}-{000000}', 2026, 4217 -> 'I-26-004217'. Without zeros two incidents would share a number, so the
 * count is put at the end. A count that starts anew each year needs the year in its template.
 */
export function formatIncidentNumber(template: string, year: number, count: number): string {
  const whole = /\{0+\}/.test(template) ? template : `${template}{0}`
  return whole.replace(/\{(yyyy|yy|0+)\}/g, (_, part: string) => {
    if (part === 'yyyy') return String(year)
    return part === 'yy' ? String(year % 100).padStart(2, '0') : String(count).padStart(part.length, '0')
  })
}
