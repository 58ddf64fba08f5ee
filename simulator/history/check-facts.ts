import {
  type Assignment,
  type AssignmentStatus,
  assignmentStatuses,
  milestones,
} from '@toneout/contract/model/assignment.ts'
import { type Fact, factOfStatus } from '@toneout/contract/model/fact.ts'
import { acknowledged } from './attempts.ts'
import type { Attempt, FinalState, Violation } from './entry.ts'
import { lifeOf } from './incident-life.ts'
import { noted, statusOfFact } from './told.ts'
import { followAssignments, type Whereabouts } from './whereabouts.ts'

type Told = (status: AssignmentStatus, assignment: number) => readonly Fact[]

/** Each milestone of a row has its one fact, which tells the same instant, unit and incident. */
function checkRow(row: Assignment, told: Told, { at: placeAt }: Whereabouts): string[] {
  return assignmentStatuses.flatMap((status) => {
    const at = row[milestones[status]]
    const facts = told(status, row.id)
    const wanted = at === null ? 0 : 1
    const type = factOfStatus[status]
    if (facts.length !== wanted) return [`assignment ${row.id}: ${facts.length} ${type} instead of ${wanted}`]
    return facts.flatMap((fact) => {
      const isSame = fact.unit_id === row.unit_id && fact.incident_id === placeAt(row.id, fact.id)
      if (isSame && (fact.data.happened_at ?? fact.at) === at) return []
      return [`assignment ${row.id}: fact ${fact.id} tells another ${type}`]
    })
  })
}

/** What was acknowledged and has no fact; rows may be wrong too, so the answers are asked themselves. */
function untold(attempts: readonly Attempt[], facts: readonly Fact[], told: Told): string[] {
  const aboutIncident = new Set(facts.map(({ type, incident_id }) => `${type} ${incident_id}`))
  const done: [n: number, isTold: boolean][] = [
    ...acknowledged(attempts, 'order').map(({ n, reply }): [number, boolean] => [
      n,
      reply.assignments.every(({ id }) => told('ASSIGNED', id).length > 0),
    ]),
    ...acknowledged(attempts, 'step').map(({ n, action }): [number, boolean] => [
      n,
      told(action.to, action.assignment_id).length > 0,
    ]),
    ...acknowledged(attempts, 'divert').map(({ n, action, reply }): [number, boolean] => [
      n,
      told('DIVERTED', action.assignment_id).length > 0 && told('ASSIGNED', reply.assignment.id).length > 0,
    ]),
    ...acknowledged(attempts, 'end').map(({ n, action }): [number, boolean] => [
      n,
      aboutIncident.has(`incident_${action.to.toLowerCase()} ${action.incident_id}`) ||
        // Cancelling as a duplicate what a merge has ended so is the same again.
        (action.disposition === 'DUPLICATE' && aboutIncident.has(`calls_merged ${action.incident_id}`)),
    ]),
    ...acknowledged(attempts, 'open').map(({ n, reply }): [number, boolean] => [
      n,
      aboutIncident.has(`incident_raised ${reply.id}`),
    ]),
  ]
  return done.filter(([, isTold]) => !isTold).map(([n]) => `request ${n} was acknowledged and has no fact`)
}

/** The older endpoint names no assignment: unit, incident and instant do. */
function untoldSeeds(attempts: readonly Attempt[], facts: readonly Fact[]): string[] {
  const assigned = facts.filter(({ type }) => type === 'unit_assigned')
  const keys = new Set(assigned.map((fact) => `${fact.incident_id} ${fact.unit_id} ${fact.at}`))
  return acknowledged(attempts, 'seed').flatMap(({ n, action, reply }) => {
    const key = `${action.incident_id} ${action.unit_id} ${reply.emergency_call.dispatched_at}`
    return keys.has(key) ? [] : [`request ${n} was acknowledged and has no fact`]
  })
}

/** Whether an incident has ended, and into which it is merged, follows from its facts. */
function checkEnds({ incidents, facts }: FinalState): string[] {
  const ofIncident = Map.groupBy(facts, ({ incident_id }) => incident_id)
  return incidents.flatMap(({ id, status, merged_into }) => {
    const { ended, mergedInto } = lifeOf(id, ofIncident.get(id) ?? [])
    const shown = status === 'CLOSED' || status === 'CANCELLED' ? status : undefined
    const found =
      shown === ended?.to ? [] : [`incident ${id} is ${status}, its facts say ${ended?.to ?? 'open'}`]
    if (merged_into === mergedInto) return found
    return [...found, `incident ${id} is merged into ${merged_into}, its facts say ${mergedInto}`]
  })
}

/** P7: each acknowledged action has its fact, each milestone one, and no fact is about what is not there. */
export function checkFacts(attempts: readonly Attempt[], state: FinalState): Violation[] {
  const { facts, assignments } = state
  const byKey = Map.groupBy(facts, (fact) => `${statusOfFact[fact.type]} ${noted(fact)}`)
  const told: Told = (status, assignment) => byKey.get(`${status} ${assignment}`) ?? []
  const rows = new Set(assignments.map(({ id }) => id))
  const where = followAssignments(facts)
  const empty = facts.filter((fact) => {
    const id = noted(fact)
    return id !== undefined && !rows.has(id)
  })
  const all = [
    ...assignments.flatMap((row) => checkRow(row, told, where)),
    ...untold(attempts, facts, told),
    ...untoldSeeds(attempts, facts),
    ...checkEnds(state),
    ...empty.map(({ id, type }) => `fact ${id} (${type}) is about no assignment that is there`),
  ]
  return all.map((what) => ({ check: 'P7', what }))
}
