import { isDeepStrictEqual } from 'node:util'
import {
  type Assignment,
  type AssignmentStatus,
  assignmentStatuses,
  assignmentTransitions,
  isLive,
  milestones,
} from '@toneout/contract/model/assignment.ts'
import { acknowledged } from './attempts.ts'
import type { Attempt, FinalState, Violation } from './entry.ts'
import { lifeOf } from './incident-life.ts'
import { asMade, followAssignments } from './whereabouts.ts'

const p1 = (what: string): Violation => ({ check: 'P1', what })

/** P0: a run in which nothing succeeded proves nothing. */
export function checkSomething(attempts: readonly Attempt[]): Violation[] {
  if (attempts.some(({ kind, outcome }) => kind !== 'duty' && outcome === 'ok')) return []
  return [{ check: 'P0', what: 'nothing was acknowledged' }]
}

/** Whether the table leads from one status to the other, over any number of steps. */
function leadsTo(from: AssignmentStatus, to: AssignmentStatus): boolean {
  return from === to || assignmentTransitions[from].some((next) => leadsTo(next, to))
}

const fixed = ['unit_id', 'paramedic_id', 'dispatcher_id'] as const

/** What an answer said of an assignment and the final row contradicts; a row may only have moved on. */
function contradictions(said: Assignment, row: Assignment | undefined, path: readonly number[]): string[] {
  if (!row) return [`assignment ${said.id} is gone`]
  const found = fixed.filter((name) => said[name] !== row[name]).map((name) => `${name} is another`)
  if (!path.includes(said.incident_id)) found.push(`it was never at incident ${said.incident_id}`)
  for (const status of assignmentStatuses) {
    const name = milestones[status]
    if (said[name] !== null && said[name] !== row[name]) found.push(`${name} was ${said[name]}`)
  }
  if (!leadsTo(said.status, row.status)) found.push(`${said.status} became ${row.status}`)
  const over = !isLive(said.status)
  if (over && (said.reason !== row.reason || said.hospital_id !== row.hospital_id)) {
    found.push('it changed after its end')
  }
  return found.map((one) => `assignment ${said.id}: ${one}`)
}

type Checked = { attempts: readonly Attempt[]; state: FinalState; rows: Map<number, Assignment> }
type Said = { n: number; said: Assignment }

/** Every assignment that a successful answer showed. */
function shownAssignments(attempts: readonly Attempt[]): Said[] {
  return [
    ...acknowledged(attempts, 'order').flatMap(({ n, reply }) =>
      reply.assignments.map((said) => ({ n, said })),
    ),
    ...acknowledged(attempts, 'step').map(({ n, reply }) => ({ n, said: reply })),
    ...acknowledged(attempts, 'divert').flatMap(({ n, reply }) => [
      { n, said: reply.diverted },
      { n, said: reply.assignment },
    ]),
  ]
}

/** Whether answers are about what was asked. */
function answersOtherwise(attempts: readonly Attempt[]): string[] {
  const faults: [n: number, isRight: boolean][] = [
    ...acknowledged(attempts, 'order').map(({ n, action, reply }): [number, boolean] => {
      const crews = reply.assignments.map(({ unit_id, paramedic_id }) => [unit_id, paramedic_id])
      const asked = action.unit_ids.map((id, at) => [id, action.paramedic_ids[at] ?? null])
      return [n, isDeepStrictEqual(crews, asked) && reply.incident.id === action.incident_id]
    }),
    ...acknowledged(attempts, 'step').map(({ n, action, reply }): [number, boolean] => [
      n,
      reply.id === action.assignment_id && reply[milestones[action.to]] !== null,
    ]),
    ...acknowledged(attempts, 'divert').map(({ n, action, reply }): [number, boolean] => {
      const { diverted, assignment } = reply
      const isAsked = diverted.id === action.assignment_id && assignment.incident_id === action.incident_id
      return [n, isAsked && diverted.status === 'DIVERTED' && assignment.unit_id === diverted.unit_id]
    }),
    ...acknowledged(attempts, 'end').map(({ n, action, reply }): [number, boolean] => [
      n,
      reply.id === action.incident_id && reply.status === action.to,
    ]),
    ...acknowledged(attempts, 'reopen').map(({ n, action, reply }): [number, boolean] => [
      n,
      reply.id === action.incident_id && reply.closed_at === null,
    ]),
    ...acknowledged(attempts, 'merge').map(({ n, action, reply: { from, into } }): [number, boolean] => {
      const isAsked = from.id === action.incident_id && into.id === action.into_id
      return [n, isAsked && from.merged_into === into.id]
    }),
    ...acknowledged(attempts, 'split').map(({ n, action, reply: { from } }): [number, boolean] => [
      n,
      from.id === action.incident_id && from.merged_into === null,
    ]),
  ]
  return faults
    .filter(([, isRight]) => !isRight)
    .map(([n]) => `request ${n} was answered with something else`)
}

function lostOrders({ attempts, state }: Checked): string[] {
  const kept = new Map(state.orders.map((one) => [one.order_id, one]))
  return acknowledged(attempts, 'order').flatMap(({ n, action, reply }) => {
    const order = kept.get(action.order_id)
    if (!order) return [`request ${n}: order ${action.order_id} is not kept`]
    return isDeepStrictEqual(order.reply, reply) ? [] : [`request ${n}: the kept reply is another`]
  })
}

/** The older endpoint tells no number of the assignment; unit, incident and instant name it. */
function lostSeeds({ attempts, state }: Checked): string[] {
  const key = (...parts: (number | string | null)[]) => parts.join(' ')
  const there = new Set(
    asMade(state.assignments, state.facts).map((one) =>
      key(one.incident_id, one.unit_id, one.paramedic_id, one.assigned_at),
    ),
  )
  return acknowledged(attempts, 'seed').flatMap(({ n, action, reply }) => {
    const { incident_id, unit_id, paramedic_id } = action
    const isThere = there.has(key(incident_id, unit_id, paramedic_id, reply.emergency_call.dispatched_at))
    return isThere ? [] : [`request ${n}: unit ${unit_id} was not sent to incident ${incident_id}`]
  })
}

function lostIncidents({ attempts, state }: Checked): string[] {
  const rows = new Map(state.incidents.map((one) => [one.id, one]))
  const opened = acknowledged(attempts, 'open').flatMap(({ n, reply, action }) => {
    const row = rows.get(reply.id)
    return row?.notes === action.notes ? [] : [`request ${n}: incident ${reply.id} is not there`]
  })
  const ofIncident = Map.groupBy(state.facts, ({ incident_id }) => incident_id)
  const ended = acknowledged(attempts, 'end').flatMap(({ n, reply }) => {
    const { ends, ended: last } = lifeOf(reply.id, ofIncident.get(reply.id) ?? [])
    const isIt = (one: (typeof ends)[number] | undefined) =>
      one?.at === reply.closed_at && one?.to === reply.status && one?.disposition === reply.disposition
    const row = rows.get(reply.id)
    // What ended so may have been opened again since.
    const isThere = isIt(last)
      ? row?.closed_at === reply.closed_at && row?.status === reply.status
      : ends.some(isIt)
    return isThere ? [] : [`request ${n}: incident ${reply.id} is not ended so`]
  })
  return [...opened, ...ended]
}

/** P1: each acknowledged write is there with the value that was answered. */
export function checkWrites(attempts: readonly Attempt[], state: FinalState): Violation[] {
  const checked = { attempts, state, rows: new Map(state.assignments.map((one) => [one.id, one])) }
  const { path } = followAssignments(state.facts)
  const shown = shownAssignments(attempts).flatMap(({ n, said }) =>
    contradictions(said, checked.rows.get(said.id), path(said.id)).map((what) => `request ${n}: ${what}`),
  )
  const lost = [...lostOrders(checked), ...lostSeeds(checked), ...lostIncidents(checked)]
  return [...answersOtherwise(attempts), ...shown, ...lost].map(p1)
}
