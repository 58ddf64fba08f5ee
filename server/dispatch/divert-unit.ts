import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Priority } from '@toneout/contract/model/incident.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import { isEnded } from '../incidents/rules.ts'
import { decideStep, judgeType } from './rules.ts'
import { keepAssignment, newAssignment, note, noteOverridden, shownAssignment, type Work } from './work.ts'

export type DivertUnit = {
  kind: 'divert'
  actor: Actor
  assignment_id: number
  incident_id: number
  reason: string
  /** Why a supervisor sends it although it is not what the plan asks for. */
  override?: string
}

type Diverted = { diverted: Assignment; assignment: Assignment }

/**
 * Sends a bound unit to a graver incident: its assignment ends and the next begins in one transaction, so the
 * unit is never free in between. Repeating it finds the unit there already and is refused by the step.
 */
export function divertUnit(work: Work, item: DivertUnit): { status: 200; body: Diverted } | Refusal {
  const { actor, assignment_id, incident_id, reason, override } = item
  const before = work.assignments.get(assignment_id)
  const to = work.incidents.get(incident_id)
  if (!before) return refuse('not_found', { detail: 'There is no such assignment.' })
  if (!to) return refuse('not_found', { fields: { incident_id: ['There is no such incident.'] } })
  if (isEnded(to.status)) return refuse('incident_not_open')
  const from = work.incidents.get(before.incident_id)
  if (!from || from.id === to.id || to.priority > from.priority) return refuse('incident_not_graver')
  const unit = work.units.get(before.unit_id)
  const needs = work.plans[to.emergency_type][to.priority as Priority]
  const unsuitable = unit && judgeType(needs, unit, 'incident_id')
  if (unsuitable && override === undefined) return unsuitable
  const decided = decideStep(before, { to: 'DIVERTED', reason }, work.now)
  if (isRefusal(decided)) return decided
  if (Object.keys(decided).length === 0) return refuse('assignment_moved_on')
  const diverted = { ...before, ...decided }
  keepAssignment(work, diverted, false)
  note(work, actor, 'unit_diverted', diverted, { assignment_id, reason, to_incident_id: to.id })
  const crew = { unit_id: before.unit_id, paramedic_id: before.paramedic_id, hospital_id: null }
  const assignment = newAssignment(work, actor, { incident_id: to.id, ...crew })
  const rules = unsuitable ? [unsuitable.refused] : []
  const data = {
    assignment_id: assignment.id,
    diverted_from: from.id,
    paramedic_id: before.paramedic_id,
    ...(unsuitable && { rules, reason: override }),
  }
  note(work, actor, 'unit_assigned', assignment, data, to.caller?.id)
  noteOverridden(work, actor, assignment, rules, override)
  return {
    status: 200,
    body: { diverted: shownAssignment(diverted), assignment: shownAssignment(assignment) },
  }
}
