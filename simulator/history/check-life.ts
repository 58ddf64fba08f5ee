import {
  type Assignment,
  type AssignmentStatus,
  assignmentStatuses,
  assignmentTransitions,
  isLive,
  milestones,
} from '@toneout/contract/model/assignment.ts'
import type { Fact } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { CheckName, FinalState, Violation } from './entry.ts'
import { lifeOf } from './incident-life.ts'
import { noted, statusOfFact } from './told.ts'

const say = (check: CheckName, what: string): Violation => ({ check, what })

const reachedBy = (row: Assignment) => assignmentStatuses.filter((status) => row[milestones[status]] !== null)

/** Steps of a path that the table of transitions does not have. */
function forbidden(path: readonly AssignmentStatus[]): string[] {
  return path.flatMap((to, at) => {
    if (at === 0) return to === 'ASSIGNED' ? [] : [`begins as ${to}`]
    const from = path[at - 1] as AssignmentStatus
    if (assignmentTransitions[from].includes(to)) return []
    return isLive(from) ? [`${from} -> ${to}`] : [`${to} after its end by ${from}`]
  })
}

/** The life of one row: by its milestones, and once more by its facts in their order. */
function checkRow(row: Assignment, facts: readonly Fact[]): Violation[] {
  const path = reachedBy(row)
  const told = facts.flatMap(({ type }) => statusOfFact[type] ?? [])
  const found = [...forbidden(path), ...forbidden(told).map((one) => `${one} by its facts`)]
  if (path.at(-1) !== row.status) found.push(`is ${row.status}, its last milestone is ${path.at(-1)}`)
  const backward = path.flatMap((status, at) => {
    const before = path[at - 1]
    if (!before) return []
    const [earlier, later] = [row[milestones[before]] as string, row[milestones[status]] as string]
    return later < earlier
      ? [`${milestones[status]} ${later} is before ${milestones[before]} ${earlier}`]
      : []
  })
  return [
    ...found.map((what) => say('transitions', `assignment ${row.id}: ${what}`)),
    ...backward.map((what) => say('milestones', `assignment ${row.id}: ${what}`)),
  ]
}

/** How far each live status brings its incident, from least to most. */
const stages: readonly (readonly [Incident['status'], readonly AssignmentStatus[]])[] = [
  ['DISPATCHED', ['ASSIGNED', 'ACKNOWLEDGED']],
  ['EN_ROUTE', ['EN_ROUTE']],
  ['ON_SCENE', ['ON_SCENE', 'AT_PATIENT']],
  ['TRANSPORTING', ['TRANSPORTING']],
  ['AT_HOSPITAL', ['AT_HOSPITAL', 'HANDOVER_DONE']],
]

/** What an open incident shows: the furthest of its live units, RECEIVED while there is none. */
function derive(assignments: readonly Assignment[]): Incident['status'] {
  const reached = stages.filter(([, from]) => assignments.some(({ status }) => from.includes(status)))
  return reached.at(-1)?.[0] ?? 'RECEIVED'
}

function checkIncident(one: Incident, assignments: readonly Assignment[], facts: readonly Fact[]): string[] {
  const live = assignments.filter(({ status }) => isLive(status))
  const isEnded = one.status === 'CLOSED' || one.status === 'CANCELLED'
  const { found } = lifeOf(one.id, facts)
  if (!isEnded) {
    const derived = derive(assignments)
    return derived === one.status ? found : [...found, `is ${one.status}, its live units say ${derived}`]
  }
  return [...live.map(({ id }) => `is ${one.status} and holds the live assignment ${id}`), ...found]
}

/** The life of assignments and incidents: only by the table, in order, nothing after the end. */
export function checkLife({ assignments, incidents, facts }: FinalState): Violation[] {
  const inOrder = facts.toSorted((a, b) => a.id - b.id)
  const ofRow = Map.groupBy(inOrder, (fact) => noted(fact))
  const ofIncident = Map.groupBy(inOrder, (fact) => fact.incident_id)
  const sent = Map.groupBy(assignments, (row) => row.incident_id)
  return [
    ...assignments.flatMap((row) => checkRow(row, ofRow.get(row.id) ?? [])),
    ...incidents.flatMap((one) =>
      checkIncident(one, sent.get(one.id) ?? [], ofIncident.get(one.id) ?? []).map((what) =>
        say('incident', `incident ${one.id}: ${what}`),
      ),
    ),
  ]
}
