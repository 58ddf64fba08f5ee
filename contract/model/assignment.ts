import { z } from 'zod'
import { instant, rowId } from './text.ts'

/** The life of one unit sent to one incident, in the order it is lived. */
export const assignmentStatuses = [
  'ASSIGNED',
  'ACKNOWLEDGED',
  'EN_ROUTE',
  'ON_SCENE',
  'AT_PATIENT',
  'TRANSPORTING',
  'AT_HOSPITAL',
  'HANDOVER_DONE',
  'CLEARED',
  'CANCELLED',
  'DIVERTED',
] as const
export type AssignmentStatus = (typeof assignmentStatuses)[number]

/**
 * From a status to those that may follow it. A crew may skip steps, never go back; a unit is cancelled only
 * before it is on scene, and diverted before it has a patient on board.
 */
export const assignmentTransitions: Readonly<Record<AssignmentStatus, readonly AssignmentStatus[]>> = {
  ASSIGNED: [
    'ACKNOWLEDGED',
    'EN_ROUTE',
    'ON_SCENE',
    'AT_PATIENT',
    'TRANSPORTING',
    'CLEARED',
    'CANCELLED',
    'DIVERTED',
  ],
  ACKNOWLEDGED: ['EN_ROUTE', 'ON_SCENE', 'AT_PATIENT', 'TRANSPORTING', 'CLEARED', 'CANCELLED', 'DIVERTED'],
  EN_ROUTE: ['ON_SCENE', 'AT_PATIENT', 'TRANSPORTING', 'CLEARED', 'CANCELLED', 'DIVERTED'],
  ON_SCENE: ['AT_PATIENT', 'TRANSPORTING', 'CLEARED', 'DIVERTED'],
  AT_PATIENT: ['TRANSPORTING', 'CLEARED', 'DIVERTED'],
  TRANSPORTING: ['AT_HOSPITAL', 'HANDOVER_DONE', 'CLEARED'],
  AT_HOSPITAL: ['HANDOVER_DONE', 'CLEARED'],
  HANDOVER_DONE: ['CLEARED'],
  CLEARED: [],
  CANCELLED: [],
  DIVERTED: [],
}

export const endedAssignments = [
  'CLEARED',
  'CANCELLED',
  'DIVERTED',
] as const satisfies readonly AssignmentStatus[]

/** Whether the unit is bound by it. */
export function isLive(status: AssignmentStatus): boolean {
  return assignmentTransitions[status].length > 0
}

/** When each status was reached, in the order of the statuses; each is stamped once and never rewritten. */
export const milestones = {
  ASSIGNED: 'assigned_at',
  ACKNOWLEDGED: 'acknowledged_at',
  EN_ROUTE: 'en_route_at',
  ON_SCENE: 'on_scene_at',
  AT_PATIENT: 'at_patient_at',
  TRANSPORTING: 'transporting_at',
  AT_HOSPITAL: 'at_hospital_at',
  HANDOVER_DONE: 'handover_done_at',
  CLEARED: 'cleared_at',
  CANCELLED: 'cancelled_at',
  DIVERTED: 'diverted_at',
} as const satisfies Record<AssignmentStatus, string>
export type Milestone = (typeof milestones)[AssignmentStatus]
export const milestoneNames = Object.values(milestones) as [Milestone, ...Milestone[]]

/** One unit sent to one incident, as the server shows it. */
export const assignment = z
  .object({
    id: rowId,
    incident_id: rowId,
    unit_id: rowId,
    paramedic_id: rowId.nullable(),
    hospital_id: rowId.nullable(),
    dispatcher_id: rowId.nullable(),
    status: z.enum(assignmentStatuses),
    assigned_at: instant,
    acknowledged_at: instant.nullable(),
    en_route_at: instant.nullable(),
    on_scene_at: instant.nullable(),
    at_patient_at: instant.nullable(),
    transporting_at: instant.nullable(),
    at_hospital_at: instant.nullable(),
    handover_done_at: instant.nullable(),
    cleared_at: instant.nullable(),
    cancelled_at: instant.nullable(),
    diverted_at: instant.nullable(),
    /** Why it was cancelled or diverted; null otherwise. */
    reason: z.string().nullable(),
    /** When milestones really were, where a person corrected them; what was stamped stays as it is. */
    corrections: z.partialRecord(z.enum(milestoneNames), instant),
  })
  .meta({ id: 'Assignment' })
export type Assignment = z.output<typeof assignment>

/** What a step or a change of the hospital answers: `warnings` are of the hospital, none as a rule. */
export const warnedAssignment = assignment
  .extend({ warnings: z.array(z.string()) })
  .meta({ id: 'WarnedAssignment' })
export type WarnedAssignment = z.output<typeof warnedAssignment>

type Milestones = { readonly [M in Milestone]: string | null }
/** The milestones of an assignment and what was corrected of them. */
export type Stamped = Milestones & Pick<Assignment, 'corrections'>

/** The milestones as they count: what was stamped, overlaid by the corrections. */
export function effectiveMilestones(one: Stamped): Milestones {
  const all = milestoneNames.map((name) => [name, one.corrections[name] ?? one[name]] as const)
  return Object.fromEntries(all) as Record<Milestone, string | null>
}

/** The step a client names in the path -> the status it leads to. */
export const steps = {
  acknowledge: 'ACKNOWLEDGED',
  'en-route': 'EN_ROUTE',
  'on-scene': 'ON_SCENE',
  'at-patient': 'AT_PATIENT',
  transport: 'TRANSPORTING',
  'at-hospital': 'AT_HOSPITAL',
  handover: 'HANDOVER_DONE',
  clear: 'CLEARED',
  cancel: 'CANCELLED',
  decline: 'CANCELLED',
} as const satisfies Record<string, AssignmentStatus>
export type StepName = keyof typeof steps
