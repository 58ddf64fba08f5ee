import type { Assignment, AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import type { Actor, FactType } from '@toneout/contract/model/fact.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { decideStep, isOnCrew, type Step } from './rules.ts'
import { keepAssignment, note, type Work } from './work.ts'

export type ReportMilestone = {
  kind: 'step'
  actor: Actor
  assignment_id: number
  /** The person, when it is somebody of a crew: the assignment must be theirs. */
  crew_of?: number
  step: Step
}

const facts: Partial<Record<AssignmentStatus, FactType>> = {
  ACKNOWLEDGED: 'assignment_acknowledged',
  EN_ROUTE: 'unit_en_route',
  ON_SCENE: 'unit_on_scene',
  AT_PATIENT: 'unit_at_patient',
  TRANSPORTING: 'unit_transporting',
  AT_HOSPITAL: 'unit_at_hospital',
  HANDOVER_DONE: 'unit_handed_over',
  CLEARED: 'unit_cleared',
  CANCELLED: 'unit_cancelled',
  DIVERTED: 'unit_diverted',
}

/** A step of an assignment, by its crew or by a dispatcher; a step that was made before changes nothing. */
export function reportMilestone(
  work: Work,
  item: ReportMilestone,
): { status: 200; body: Assignment } | Refusal {
  const { actor, assignment_id, crew_of, step } = item
  const before = work.assignments.get(assignment_id)
  const isTheirs = (one: Assignment) =>
    crew_of === undefined || isOnCrew(one, crew_of, work.paramedics.get(crew_of)?.unit_id)
  if (!before || !isTheirs(before)) return refuse('not_found', { detail: 'There is no such assignment.' })
  const { hospital_id } = step
  if (hospital_id !== undefined && crew_of !== undefined && step.to !== 'TRANSPORTING') {
    return refuse('invalid', { fields: { hospital_id: ['A crew names the hospital with transport.'] } })
  }
  if (hospital_id !== undefined && !work.hospitals.has(hospital_id)) {
    return refuse('not_found', { fields: { hospital_id: ['There is no such hospital.'] } })
  }
  const decided = decideStep(before, step, work.now)
  if (isRefusal(decided)) return decided
  if (Object.keys(decided).length === 0) return { status: 200, body: before }
  const after = { ...before, ...decided }
  keepAssignment(work, after, false)
  const told = { assignment_id, happened_at: step.at ?? work.now, reason: step.reason ?? null }
  const data = step.declined ? { ...told, declined: true } : told
  note(work, actor, facts[step.to] as FactType, after, { ...data, hospital_id: after.hospital_id })
  return { status: 200, body: after }
}
