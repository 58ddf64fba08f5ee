import {
  type Assignment,
  type AssignmentStatus,
  assignmentStatuses,
  milestones,
} from '@toneout/contract/model/assignment.ts'
import type { Fact, FactType } from '@toneout/contract/model/fact.ts'
import { acknowledged } from './attempts.ts'
import type { Attempt, FinalState, Violation } from './entry.ts'

const factOfStatus: Readonly<Record<AssignmentStatus, FactType>> = {
  ASSIGNED: 'unit_assigned',
  ACKNOWLEDGED: 'assignment_acknowledged',
  EN_ROUTE: 'unit_en_route',
  ON_SCENE: 'unit_on_scene',
  AT_PATIENT: 'unit_at_patient',
  TRANSPORTING: 'unit_transporting',
  AT_HOSPITAL: 'unit_at_hospital',
  HANDOVER_DONE: 'unit_handed_over',
  CLEARED: 'unit_cleared',
  CANCELLED: 'unit_cancelled',
  DIVERTED: 'unit_diverted',
}

/** The status that a fact about an assignment tells of; undefined for any other fact. */
export const statusOfFact: Partial<Record<FactType, AssignmentStatus>> = Object.fromEntries(
  assignmentStatuses.map((status) => [factOfStatus[status], status]),
)

/** The number of the assignment a fact is about; undefined for any other fact. */
export function noted({ type, data }: Fact): number | undefined {
  if (statusOfFact[type] === undefined) return undefined
  return typeof data.assignment_id === 'number' ? data.assignment_id : undefined
}

type Told = (status: AssignmentStatus, assignment: number) => readonly Fact[]

/** Each milestone of a row has its one fact, which tells the same instant, unit and incident. */
function checkRow(row: Assignment, told: Told): string[] {
  return assignmentStatuses.flatMap((status) => {
    const at = row[milestones[status]]
    const facts = told(status, row.id)
    const wanted = at === null ? 0 : 1
    const type = factOfStatus[status]
    if (facts.length !== wanted) return [`assignment ${row.id}: ${facts.length} ${type} instead of ${wanted}`]
    return facts.flatMap((fact) => {
      const isSame = fact.unit_id === row.unit_id && fact.incident_id === row.incident_id
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
      aboutIncident.has(`incident_${action.to.toLowerCase()} ${action.incident_id}`),
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

/** An incident ends once, and its fact says so. */
function checkEnds({ incidents, facts }: FinalState): string[] {
  const count = new Map<string, number>()
  for (const { type, incident_id } of facts) {
    const key = `${type} ${incident_id}`
    count.set(key, (count.get(key) ?? 0) + 1)
  }
  return incidents.flatMap(({ id, status }) =>
    (['CLOSED', 'CANCELLED'] as const).flatMap((end) => {
      const told = count.get(`incident_${end.toLowerCase()} ${id}`) ?? 0
      const wanted = Number(status === end)
      return told === wanted ? [] : [`incident ${id} is ${status}, ${told} facts say ${end}`]
    }),
  )
}

/** P7: each acknowledged action has its fact, each milestone one, and no fact is about what is not there. */
export function checkFacts(attempts: readonly Attempt[], state: FinalState): Violation[] {
  const { facts, assignments } = state
  const byKey = Map.groupBy(facts, (fact) => `${statusOfFact[fact.type]} ${noted(fact)}`)
  const told: Told = (status, assignment) => byKey.get(`${status} ${assignment}`) ?? []
  const rows = new Set(assignments.map(({ id }) => id))
  const empty = facts.filter((fact) => {
    const id = noted(fact)
    return id !== undefined && !rows.has(id)
  })
  const all = [
    ...assignments.flatMap((row) => checkRow(row, told)),
    ...untold(attempts, facts, told),
    ...untoldSeeds(attempts, facts),
    ...checkEnds(state),
    ...empty.map(({ id, type }) => `fact ${id} (${type}) is about no assignment that is there`),
  ]
  return all.map((what) => ({ check: 'P7', what }))
}
