import { effectiveMilestones, type WarnedAssignment } from '@toneout/contract/model/assignment.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { headFor, noHospital, warned } from './headings.ts'
import type { WorkedAssignment } from './rows.ts'
import { type Beside, type Correction, decideCorrection } from './rules-correction.ts'
import { saidByCorrection } from './rules-hospital.ts'
import { keepAssignment, note, noteOverridden, type Work } from './work.ts'

export type CorrectAssignment = {
  kind: 'correct'
  actor: Actor
  assignment_id: number
  correction: Correction & { reason: string }
  /** Why a supervisor lets it go to a hospital that is closed. */
  override?: string
}

/** When the unit and the leader of its crew were free before the assignment, and bound again after it. */
function besides(work: Work, { id, unit_id, paramedic_id, assigned_at }: WorkedAssignment): Beside {
  const same = [...work.assignments.values()].filter(
    (one) =>
      one.id !== id &&
      (one.unit_id === unit_id || (paramedic_id !== null && one.paramedic_id === paramedic_id)),
  )
  const isBefore = (one: WorkedAssignment) =>
    one.assigned_at < assigned_at || (one.assigned_at === assigned_at && one.id < id)
  return {
    before: same.filter(isBefore).map(effectiveMilestones),
    after: same.filter((one) => !isBefore(one)).map(effectiveMilestones),
  }
}

/**
 * Keeps when a milestone really was beside what was stamped, or says which hospital it really was. Each
 * correction is a fact with what it was, what it is now and why.
 */
export function correctAssignment(
  work: Work,
  { actor, assignment_id, correction, override }: CorrectAssignment,
): { status: 200; body: WarnedAssignment } | Refusal {
  const before = work.assignments.get(assignment_id)
  if (!before) return refuse('not_found', { detail: 'There is no such assignment.' })
  const { hospital_id, milestone, reason } = correction
  if (hospital_id !== undefined && !work.hospitals.has(hospital_id)) return noHospital
  const received = work.incidents.get(before.incident_id)?.received_at
  if (milestone === 'assigned_at' && received && correction.at && correction.at < received) {
    return refuse('invalid', { fields: { at: ['Must not be before the incident was received.'] } })
  }
  const decided = decideCorrection(before, correction, work.now, besides(work, before))
  if (isRefusal(decided)) return decided
  const corrected = { ...before, ...decided }
  const said = saidByCorrection(before, corrected)
  const headed = headFor(work, { before, after: corrected, said, at: work.now, override })
  if (isRefusal(headed)) return headed
  const { after, warnings, overridden } = headed
  const [was, now] = [effectiveMilestones(before), effectiveMilestones(after)]
  if (milestone && was[milestone] !== now[milestone]) {
    const times = { was: was[milestone], now: now[milestone] }
    note(work, actor, 'correction_made', after, { assignment_id, milestone, ...times, reason })
  }
  if (after.hospital_id !== before.hospital_id) {
    const hospitals = { was: before.hospital_id, now: after.hospital_id }
    note(work, actor, 'correction_made', after, {
      assignment_id,
      hospital_id: hospitals.now,
      ...hospitals,
      reason,
    })
  }
  if (Object.keys(decided).length > 0) keepAssignment(work, after, false)
  noteOverridden(work, actor, after, overridden, override)
  return warned(after, warnings)
}
