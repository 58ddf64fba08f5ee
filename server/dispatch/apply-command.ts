import { type ChooseHospital, chooseHospital } from './choose-hospital.ts'
import { type CorrectAssignment, correctAssignment } from './correct-assignment.ts'
import { type DispatchUnits, dispatchUnits } from './dispatch-units.ts'
import { type DivertUnit, divertUnit } from './divert-unit.ts'
import { type EndIncident, endIncident } from './end-incident.ts'
import { type MergeIncidents, mergeIncidents } from './merge-incidents.ts'
import { type ReopenIncident, reopenIncident } from './reopen-incident.ts'
import { type ReportMilestone, reportMilestone } from './report-milestone.ts'
import type { Asked } from './store.ts'
import type { Work } from './work.ts'

/** What a group of the desk may hold. */
export type Command =
  | MergeIncidents
  | DivertUnit
  | DispatchUnits
  | ReportMilestone
  | CorrectAssignment
  | ChooseHospital
  | EndIncident
  | ReopenIncident

type Commands = {
  dispatch: typeof dispatchUnits
  step: typeof reportMilestone
  correct: typeof correctAssignment
  hospital: typeof chooseHospital
  divert: typeof divertUnit
  merge: typeof mergeIncidents
  split: typeof mergeIncidents
  end: typeof endIncident
  reopen: typeof reopenIncident
}

/** What each kind of command answers. */
export type OutcomeOf<C extends Command> = ReturnType<Commands[C['kind']]>

export function applyCommand(work: Work, command: Command): OutcomeOf<Command> {
  switch (command.kind) {
    case 'dispatch':
      return dispatchUnits(work, command)
    case 'step':
      return reportMilestone(work, command)
    case 'correct':
      return correctAssignment(work, command)
    case 'hospital':
      return chooseHospital(work, command)
    case 'divert':
      return divertUnit(work, command)
    case 'end':
      return endIncident(work, command)
    case 'merge':
    case 'split':
      return mergeIncidents(work, command)
    case 'reopen':
      return reopenIncident(work, command)
  }
}

const distinct = <T>(values: readonly (T | null | undefined)[]) => [
  ...new Set(values.filter((value) => value !== null && value !== undefined)),
]

/** The rows that the commands of a group are about. */
export function askedBy(items: readonly Command[]): Asked {
  const orders = items.filter((item) => item.kind === 'dispatch')
  const steps = items.filter((item) => item.kind === 'step')
  const choices = items.filter((item) => item.kind === 'hospital')
  const corrections = items.filter((item) => item.kind === 'correct')
  const merges = items.filter(
    (item): item is MergeIncidents => item.kind === 'merge' || item.kind === 'split',
  )
  const crews = orders.flatMap((item) => item.crews)
  return {
    incidents: distinct([
      ...items.map((item) => ('incident_id' in item ? item.incident_id : null)),
      ...merges.map((item) => item.into_id),
    ]),
    merged: distinct(merges.flatMap((item) => [item.incident_id, item.into_id])),
    units: distinct(crews.map((crew) => crew.unit_id)),
    paramedics: distinct([
      ...crews.map((crew) => crew.paramedic_id),
      ...[...steps, ...choices].map((item) => item.crew_of),
    ]),
    hospitals: distinct([
      ...orders.map((item) => item.hospital_id),
      ...steps.map((item) => item.step.hospital_id),
      ...choices.map((item) => item.choice.hospital_id),
      ...corrections.map((item) => item.correction.hospital_id),
    ]),
    leaving: distinct(steps.map((item) => (item.step.to === 'TRANSPORTING' ? item.assignment_id : null))),
    corrected: distinct(corrections.map((item) => item.assignment_id)),
    assignments: distinct(items.map((item) => ('assignment_id' in item ? item.assignment_id : null))),
    orders: distinct(orders.map((item) => item.once?.order_id)),
  }
}

/** New assignments of a group, at most. */
export function countAssignments(items: readonly Command[]): number {
  const count = (item: Command) =>
    item.kind === 'dispatch' ? item.crews.length : Number(item.kind === 'divert')
  return items.reduce((sum, item) => sum + count(item), 0)
}
