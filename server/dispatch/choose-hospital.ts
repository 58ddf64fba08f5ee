import { type Assignment, isLive, type WarnedAssignment } from '@toneout/contract/model/assignment.ts'
import type { HospitalChoice } from '@toneout/contract/model/crew.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { headFor, noHospital, warned } from './headings.ts'
import { isOnCrew } from './rules.ts'
import { keepAssignment, note, noteOverridden, type Work } from './work.ts'

export type ChooseHospital = {
  kind: 'hospital'
  actor: Actor
  assignment_id: number
  /** The person, when it is somebody of a crew: the assignment must be theirs. */
  crew_of?: number
  choice: HospitalChoice
  /** Whether the reason lets the unit go to a hospital that is closed: a supervisor's, or the crew's own. */
  mayOverride: boolean
}

/**
 * Where a unit takes its patient, until it has handed the patient over. A closed hospital takes a reason: a
 * crew that has a patient may have spoken with it, and is not held up by a list.
 */
export function chooseHospital(
  work: Work,
  { actor, assignment_id, crew_of, choice, mayOverride }: ChooseHospital,
): { status: 200; body: WarnedAssignment } | Refusal {
  const before = work.assignments.get(assignment_id)
  const isTheirs = (one: Assignment) =>
    crew_of === undefined || isOnCrew(one, crew_of, work.paramedics.get(crew_of)?.unit_id)
  if (!before || !isTheirs(before)) return refuse('not_found', { detail: 'There is no such assignment.' })
  const { hospital_id, reason, at = work.now } = choice
  if (!work.hospitals.has(hospital_id)) return noHospital
  if (!isLive(before.status) || before.status === 'HANDOVER_DONE') {
    return refuse('assignment_moved_on', {
      detail: `The assignment is ${before.status}; its hospital cannot change any more.`,
    })
  }
  if (at > work.now) return refuse('invalid', { fields: { at: ['Must not be in the future.'] } })
  if (before.hospital_id === hospital_id) return warned(before)
  const said = before.status === 'AT_HOSPITAL' ? 'told' : 'chosen'
  const override = mayOverride ? reason : undefined
  const headed = headFor(work, { before, after: { ...before, hospital_id }, said, at, override })
  if (isRefusal(headed)) return headed
  const { after, warnings, overridden } = headed
  keepAssignment(work, after, false)
  const told = { assignment_id, hospital_id, was: before.hospital_id, happened_at: at }
  note(work, actor, 'hospital_chosen', after, { ...told, reason: reason ?? null })
  noteOverridden(work, actor, after, overridden, override)
  return warned(after, warnings)
}
