import {
  type Assignment,
  type AssignmentStatus,
  assignmentTransitions,
  effectiveMilestones,
  isLive,
  type Milestone,
  milestoneNames,
  milestones,
} from '@toneout/contract/model/assignment.ts'
import type { IncidentStatus } from '@toneout/contract/model/incident.ts'
import {
  careLevels,
  type DutyStatus,
  shownWhile,
  type UnitStatus,
  type UnitType,
} from '@toneout/contract/model/unit.ts'
import { type Refusal, type RefusalCode, refuse } from '@toneout/contract/refusals.ts'
import { type HospitalAtHand, judgeHospital, warnOfHospital } from './rules-hospital.ts'

/** What a unit shows: its duty while free, otherwise where its live assignment is. */
export function unitStatus(duty: DutyStatus, assigned: AssignmentStatus | undefined): UnitStatus {
  return (assigned && shownWhile[assigned]) ?? duty
}

/** Whether a unit of this type may do work that needs `needed`; a stronger crew may do a weaker one's. */
export function mayServe(type: UnitType, needed: UnitType): boolean {
  const levels: readonly UnitType[] = careLevels
  if (!levels.includes(needed)) return type === needed
  return levels.indexOf(type) >= levels.indexOf(needed)
}

/** A step of a crew or a dispatcher. `at` is when it really happened, by the device's clock. */
export type Step = {
  to: AssignmentStatus
  at?: string
  hospital_id?: number
  /** Required for CANCELLED and DIVERTED. */
  reason?: string
  /** The crew does not take it on: possible until it is en route. */
  declined?: boolean
}

type Stamps = Partial<Record<Milestone, string>>
export type StepChanges = {
  status: AssignmentStatus
  hospital_id: number | null
  reason: string | null
} & Stamps

const latest = (times: readonly (string | null)[]) =>
  times.reduce<string>((last, at) => (at !== null && at > last ? at : last), '')

/** The latest moment that any clock gave an assignment, be it a milestone or the correction of one. */
export function latestMilestone(one: Assignment): string {
  return latest([...milestoneNames.map((name) => one[name]), ...Object.values(effectiveMilestones(one))])
}

/** Whether a person leads the crew of the assigned unit or is in it. */
export function isOnCrew(
  one: Pick<Assignment, 'paramedic_id' | 'unit_id'>,
  personId: number,
  unitId: number | null | undefined,
): boolean {
  return one.paramedic_id === personId || one.unit_id === unitId
}

const mayDecline: readonly AssignmentStatus[] = ['ASSIGNED', 'ACKNOWLEDGED']

/**
 * A step of an assignment: what it changes, {} when it was made before (a repeated press is harmless), or why
 * it is refused. A milestone is stamped once and never rewritten; a correction is a fact of its own.
 */
export function decideStep(
  one: Assignment,
  step: Step,
  now: string,
): StepChanges | Record<never, never> | Refusal {
  const { to, at = now, reason, declined } = step
  if (one[milestones[to]] !== null) return {}
  const isTooLate = declined && !mayDecline.includes(one.status)
  if (isTooLate || !assignmentTransitions[one.status].includes(to)) {
    return refuse('assignment_moved_on', {
      detail: `The assignment is ${one.status}; it cannot become ${to}.`,
    })
  }
  const fields: Record<string, string[]> = {}
  const last = latest(Object.values(effectiveMilestones(one)))
  if (at > now) fields.at = ['Must not be in the future.']
  if (at < last) fields.at = [`Must not be before the previous milestone (${last}).`]
  const hospital_id = step.hospital_id ?? one.hospital_id
  if (to === 'TRANSPORTING' && hospital_id === null) fields.hospital_id = ['A transport needs a hospital.']
  if ((to === 'CANCELLED' || to === 'DIVERTED') && !reason) fields.reason = ['This field is required.']
  if (Object.keys(fields).length > 0) return refuse('invalid', { fields })
  return { status: to, hospital_id, reason: reason ?? one.reason, [milestones[to]]: at }
}

export type UnitAtHand = {
  id: number
  unit_number: string
  unit_type: UnitType
  duty: DutyStatus
  /** Status of its live assignment; undefined while free. */
  assigned?: AssignmentStatus
  retired: boolean
}
export type ParamedicAtHand = {
  id: number
  available: boolean
  /** Last day of the licence, such as 2026-11-30; null when none is known. */
  license_expiry: string | null
  /** Whether another live assignment holds the paramedic. */
  busy: boolean
}

/** What is asked for, and what the rows say under the lock. */
export type Order = {
  incident: { status: IncidentStatus }
  /** What the response plan asks for; a unit must serve one of these. Undefined: any unit will do. */
  needs?: readonly UnitType[]
  units: readonly UnitAtHand[]
  paramedics: readonly ParamedicAtHand[]
  hospital?: HospitalAtHand
  /** Today where the centre is, as 2026-11-21: a licence is good for the whole of its last day. */
  today: string
  /** Why a supervisor sends them all the same; undefined for anybody else. */
  override?: string
}

const overridable = new Set<RefusalCode>([
  'unit_unsuitable',
  'paramedic_unavailable',
  'licence_expired',
  'hospital_closed',
])

/** What a supervisor's reason may set aside. Nothing sets aside a unit or a paramedic bound elsewhere. */
function mayOverride({ override, paramedics }: Order, { refused }: Refusal): boolean {
  if (override === undefined || !overridable.has(refused)) return false
  return refused !== 'paramedic_unavailable' || !paramedics.some(({ busy }) => busy)
}

export type Dispatchable = { warnings: string[]; overridden: RefusalCode[] }

const unitTaken = 'Ambulance is not available for dispatch'

/** Why a unit may not do what an emergency needs, by the name of the field that asks for it. */
export function judgeType(
  needs: readonly UnitType[] | undefined,
  unit: Pick<UnitAtHand, 'unit_number' | 'unit_type'>,
  field = 'ambulance_id',
): Refusal | undefined {
  if (!needs || needs.some((need) => mayServe(unit.unit_type, need))) return undefined
  const detail = `${unit.unit_number} is ${unit.unit_type}; the emergency needs ${needs.join(' or ')}.`
  return refuse('unit_unsuitable', { detail, fields: { [field]: [detail] } })
}

function judgeUnit({ needs }: Order, unit: UnitAtHand): Refusal | undefined {
  const bound = unit.assigned !== undefined && isLive(unit.assigned)
  if (bound || unit.retired || unit.duty !== 'AVAILABLE') {
    return refuse('unit_busy', { fields: { ambulance_id: [unitTaken] } })
  }
  return judgeType(needs, unit)
}

function judgeParamedic({ today }: Order, one: ParamedicAtHand): Refusal | undefined {
  if (one.busy || !one.available) {
    return refuse('paramedic_unavailable', { fields: { paramedic_id: ['Paramedic is not available'] } })
  }
  if (one.license_expiry !== null && one.license_expiry >= today) return undefined
  return refuse('licence_expired', { fields: { paramedic_id: ["The paramedic's licence has expired"] } })
}

/**
 * Whether all of the order may go, or the first reason why none of it does. The same before the lock, so that
 * who comes too late leaves early, and under it, where it counts.
 */
export function decideDispatch(order: Order): Dispatchable | Refusal {
  const { incident, units, paramedics, hospital } = order
  if (incident.status === 'CLOSED' || incident.status === 'CANCELLED') return refuse('incident_not_open')
  const found = [
    ...units.map((unit) => judgeUnit(order, unit)),
    ...paramedics.map((one) => judgeParamedic(order, one)),
    judgeHospital(hospital),
  ].filter((one) => one !== undefined)
  const standing = found.find((one) => !mayOverride(order, one))
  if (standing) return standing
  return { warnings: warnOfHospital(hospital), overridden: [...new Set(found.map(({ refused }) => refused))] }
}
