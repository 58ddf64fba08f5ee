import { type Assignment, effectiveMilestones } from '@toneout/contract/model/assignment.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { type Correction, decideCorrection } from './rules-correction.ts'
import { isNewlyRetired, keepAssignment, note, type Work } from './work.ts'

const noHospital = refuse('not_found', { fields: { hospital_id: ['There is no such hospital.'] } })

export type CorrectAssignment = {
  kind: 'correct'
  actor: Actor
  assignment_id: number
  correction: Correction & { reason: string }
}

/**
 * Keeps when a milestone really was beside what was stamped, or says which hospital it really was. Each
 * correction is a fact with what it was, what it is now and why.
 */
export function correctAssignment(
  work: Work,
  { actor, assignment_id, correction }: CorrectAssignment,
): { status: 200; body: Assignment } | Refusal {
  const before = work.assignments.get(assignment_id)
  if (!before) return refuse('not_found', { detail: 'There is no such assignment.' })
  const { hospital_id, milestone, reason } = correction
  if (hospital_id !== undefined && !work.hospitals.has(hospital_id)) return noHospital
  const received = work.incidents.get(before.incident_id)?.received_at
  if (milestone === 'assigned_at' && received && correction.at && correction.at < received) {
    return refuse('invalid', { fields: { at: ['Must not be before the incident was received.'] } })
  }
  const decided = decideCorrection(before, correction, work.now)
  if (isRefusal(decided)) return decided
  const after = { ...before, ...decided }
  if (isNewlyRetired(work, before, after)) return noHospital
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
  return { status: 200, body: after }
}
