import {
  type Assignment,
  assignmentStatuses,
  assignmentTransitions,
  effectiveMilestones,
  isLive,
  type Milestone,
  milestoneNames,
  milestones,
} from '@toneout/contract/model/assignment.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'

export type Correction = { milestone?: Milestone; at?: string; hospital_id?: number }
export type Corrected = Pick<Assignment, 'corrections' | 'hospital_id'>

/**
 * Whether the milestone was stamped, or was skipped on the way to where the assignment is now. What is still
 * to come is reported by a step, and an end that was not reached is none.
 */
function wasPassed(one: Assignment, milestone: Milestone): boolean {
  if (one[milestone] !== null) return true
  const at = milestoneNames.indexOf(milestone)
  const status = assignmentStatuses.find((name) => milestones[name] === milestone)
  if (status === undefined || !isLive(status)) return false
  if (isLive(one.status)) return at < assignmentStatuses.indexOf(one.status)
  return assignmentTransitions[status].includes(one.status)
}

type Times = Record<Milestone, string | null>

/** Why the milestone cannot have been at its time among the others; undefined when it can. */
function judgeTime(all: Times, milestone: Milestone, at: string, now: string): string | undefined {
  if (at > now) return 'Must not be in the future.'
  const place = milestoneNames.indexOf(milestone)
  const before = milestoneNames.slice(0, place).filter((name) => (all[name] ?? at) > at)
  const after = milestoneNames.slice(place + 1).filter((name) => (all[name] ?? at) < at)
  const [last, next] = [before.at(-1), after[0]]
  if (last) return `Must not be before the previous milestone (${last}, ${all[last]}).`
  return next && `Must not be after the next milestone (${next}, ${all[next]}).`
}

/** The other assignments of the same unit and the same leader, by the milestones that count. */
export type Beside = { before: readonly Times[]; after: readonly Times[] }

const ends = ['cleared_at', 'cancelled_at', 'diverted_at'] as const

/** Why somebody was bound elsewhere at that time; undefined when nobody was. */
function judgeBeside({ before, after }: Beside, at: string): string | undefined {
  const freed = before.flatMap((one) => ends.flatMap((name) => one[name] ?? [])).sort()
  const bound = after.flatMap((one) => one.assigned_at ?? []).sort()
  const [last, next] = [freed.at(-1), bound[0]]
  if (last && at < last) return `Must not be before the assignment before it had ended (${last}).`
  return next && at > next ? `Must not be after the next assignment had begun (${next}).` : undefined
}

const withPatient = ['transporting_at', 'at_hospital_at', 'handover_done_at'] as const

/** What a correction changes, {} when it says what counts already, or why it is refused. */
export function decideCorrection(
  one: Assignment,
  { milestone, at, hospital_id = one.hospital_id ?? undefined }: Correction,
  now: string,
  beside: Beside = { before: [], after: [] },
): Corrected | Record<never, never> | Refusal {
  const fields: Record<string, string[]> = {}
  const all: Times = { ...effectiveMilestones(one) }
  const isNew = milestone !== undefined && at !== undefined && all[milestone] !== at
  if (!isNew && hospital_id === (one.hospital_id ?? undefined)) return {}
  if (isNew && !wasPassed(one, milestone)) {
    fields.milestone = [`The assignment is ${one.status} and did not pass it.`]
  } else if (isNew) {
    all[milestone] = at
    const fault = judgeTime(all, milestone, at, now) ?? judgeBeside(beside, at)
    if (fault) fields.at = [fault]
  }
  if (hospital_id === undefined && withPatient.some((name) => all[name] !== null)) {
    fields.hospital_id = ['A transport needs a hospital.']
  }
  if (Object.keys(fields).length > 0) return refuse('invalid', { fields })
  const corrections = isNew ? { ...one.corrections, [milestone]: at } : one.corrections
  return { corrections, hospital_id: hospital_id ?? null }
}
