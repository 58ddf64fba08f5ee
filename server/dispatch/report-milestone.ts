import type { Assignment, WarnedAssignment } from '@toneout/contract/model/assignment.ts'
import { type Actor, factOfStatus } from '@toneout/contract/model/fact.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { headFor, noHospital, warned } from './headings.ts'
import { decideStep, isOnCrew, type Step } from './rules.ts'
import { saidByStep } from './rules-hospital.ts'
import { keepAssignment, note, noteOverridden, type Work } from './work.ts'

export type ReportMilestone = {
  kind: 'step'
  actor: Actor
  assignment_id: number
  /** The person, when it is somebody of a crew: the assignment must be theirs. */
  crew_of?: number
  step: Step
  /** Why a supervisor lets it go to a hospital that is closed. */
  override?: string
}

/** A step of an assignment, by its crew or by a dispatcher; a step that was made before changes nothing. */
export function reportMilestone(
  work: Work,
  item: ReportMilestone,
): { status: 200; body: WarnedAssignment } | Refusal {
  const { actor, assignment_id, crew_of, step, override } = item
  const before = work.assignments.get(assignment_id)
  const isTheirs = (one: Assignment) =>
    crew_of === undefined || isOnCrew(one, crew_of, work.paramedics.get(crew_of)?.unit_id)
  if (!before || !isTheirs(before)) return refuse('not_found', { detail: 'There is no such assignment.' })
  const { hospital_id } = step
  if (hospital_id !== undefined && crew_of !== undefined && step.to !== 'TRANSPORTING') {
    return refuse('invalid', { fields: { hospital_id: ['A crew names the hospital with transport.'] } })
  }
  if (hospital_id !== undefined && !work.hospitals.has(hospital_id)) return noHospital
  const decided = decideStep(before, step, work.now)
  if (isRefusal(decided)) return decided
  if (Object.keys(decided).length === 0) return warned(before)
  const stepped = { ...before, ...decided }
  const said = saidByStep(before, stepped, step.to)
  const headed = headFor(work, { before, after: stepped, said, at: step.at ?? work.now, override })
  if (isRefusal(headed)) return headed
  const { after, warnings, overridden } = headed
  keepAssignment(work, after, false)
  const told = { assignment_id, happened_at: step.at ?? work.now, reason: step.reason ?? null }
  const { hospital_id: was } = before
  const data = {
    ...told,
    ...(step.declined && { declined: true }),
    hospital_id: after.hospital_id,
    ...(was !== null && was !== after.hospital_id && { was }),
  }
  note(work, actor, factOfStatus[step.to], after, data)
  noteOverridden(work, actor, after, overridden, override)
  return warned(after, warnings)
}
