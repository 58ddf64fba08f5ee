import { isDeepStrictEqual } from 'node:util'
import type { Assignment } from '@toneout/contract/model/assignment.ts'
import { acknowledged, ofKind } from './attempts.ts'
import type { Attempt, FinalState, KeptOrder, Violation } from './entry.ts'
import { asMade } from './whereabouts.ts'

const ordered = (ids: readonly number[]) => ids.toSorted((a, b) => a - b)

/** One order_id has one answer, and one set of rows by the orders, the assignments and the facts alike. */
function checkOrders(attempts: readonly Attempt[], state: FinalState): string[] {
  const rows = new Map(state.assignments.map((one) => [one.id, one]))
  const noted = new Map<string, number[]>()
  const earlier = new Set(state.earlier)
  const others = new Set<string>()
  for (const { type, data, incident_id } of state.facts) {
    if (type !== 'unit_assigned' || typeof data.order_id !== 'string') continue
    noted.set(data.order_id, [...(noted.get(data.order_id) ?? []), Number(data.assignment_id)])
    if (earlier.has(Number(incident_id))) others.add(data.order_id)
  }
  const found: string[] = []
  const first = new Map<string, unknown>()
  for (const { n, action, reply } of acknowledged(attempts, 'order')) {
    const before = first.get(action.order_id)
    if (before === undefined) first.set(action.order_id, reply)
    else if (!isDeepStrictEqual(before, reply)) {
      found.push(`request ${n}: order ${action.order_id} has a second answer`)
    }
  }
  const kept = new Set<string>()
  for (const { order_id, reply } of state.orders) {
    if (kept.has(order_id)) found.push(`order ${order_id} is kept twice`)
    kept.add(order_id)
    const ids = reply.assignments.map(({ id }) => id)
    if (!ids.every((id) => rows.has(id))) found.push(`order ${order_id} has lost some of its rows`)
    if (!isDeepStrictEqual(ordered(ids), ordered(noted.get(order_id) ?? []))) {
      found.push(`order ${order_id} made other rows than it answered`)
    }
  }
  const strays = [...noted.keys()].filter((id) => !kept.has(id) && !others.has(id))
  return [...found, ...strays.map((id) => `order ${id} made rows and is not kept`)]
}

/** Whether somebody asked for the order as it was kept and was not refused. */
function isAsked({ order_id, incident_id, reply }: KeptOrder, asked: readonly Attempt<'order'>[]): boolean {
  const units = reply.assignments.map((one) => one.unit_id)
  return asked.some(
    ({ action, outcome }) =>
      outcome !== 'fail' &&
      action.order_id === order_id &&
      action.incident_id === incident_id &&
      isDeepStrictEqual(action.unit_ids, units),
  )
}

type Claims = { claim: (id: number, by: string) => void; isFree: (id: number) => boolean; twice: string[] }

function createClaims(): Claims {
  const owners = new Map<number, string>()
  const twice: string[] = []
  return {
    claim: (id, by) => {
      const other = owners.get(id)
      if (other !== undefined && other !== by)
        twice.push(`assignment ${id} was made by ${other} and by ${by}`)
      owners.set(id, by)
    },
    isFree: (id) => !owners.has(id),
    twice,
  }
}

/** Rows whose maker is known for certain: by its order, or by the answer to a request. */
function claimCertain(attempts: readonly Attempt[], state: FinalState, { claim, isFree }: Claims): void {
  for (const { order_id, reply } of state.orders) {
    for (const { id } of reply.assignments) claim(id, `order ${order_id}`)
  }
  for (const { n, reply } of acknowledged(attempts, 'divert')) claim(reply.assignment.id, `request ${n}`)
  const key = (incident: number, unit: number, at: string | null) => `${incident} ${unit} ${at}`
  const byKey = Map.groupBy(state.assignments, (one) => key(one.incident_id, one.unit_id, one.assigned_at))
  for (const { n, action, reply } of acknowledged(attempts, 'seed')) {
    const at = reply.emergency_call.dispatched_at
    const row = byKey.get(key(action.incident_id, action.unit_id, at))?.find(({ id }) => isFree(id))
    if (row) claim(row.id, `request ${n}`)
  }
}

/** Gives each row that is left to a request whose outcome is unknown, each request at most one row. */
function findUnasked(attempts: readonly Attempt[], state: FinalState, { isFree }: Claims): Assignment[] {
  const rows = new Map(state.assignments.map((one) => [one.id, one]))
  const open = (kind: 'divert' | 'seed') => ofKind(attempts, kind).filter((one) => one.outcome === 'unknown')
  const makers = new Set<Attempt>([...open('divert'), ...open('seed')])
  const mayHaveMade = (attempt: Attempt, row: Assignment): boolean => {
    if (attempt.kind === 'seed') {
      const { incident_id, unit_id, paramedic_id } = (attempt as Attempt<'seed'>).action
      return incident_id === row.incident_id && unit_id === row.unit_id && paramedic_id === row.paramedic_id
    }
    const { assignment_id, incident_id } = (attempt as Attempt<'divert'>).action
    const from = rows.get(assignment_id)
    const isSameMoment = from?.diverted_at === row.assigned_at
    return isSameMoment && from?.unit_id === row.unit_id && incident_id === row.incident_id
  }
  const earlier = new Set(state.earlier)
  return state.assignments.filter((row) => {
    if (!isFree(row.id) || earlier.has(row.incident_id)) return false
    const maker = [...makers].find((attempt) => mayHaveMade(attempt, row))
    if (maker) makers.delete(maker)
    return maker === undefined
  })
}

/** Incidents nobody opened; an opening that is unknown may have made one. */
function findUnopened(attempts: readonly Attempt[], { given, incidents }: FinalState): string[] {
  const known = new Set(given)
  const notes = new Map<string, number>()
  for (const { outcome, action } of ofKind(attempts, 'open')) {
    if (outcome !== 'fail') notes.set(action.notes, (notes.get(action.notes) ?? 0) + 1)
  }
  return incidents.flatMap((one) => {
    if (known.has(one.id)) return []
    const left = notes.get(one.notes) ?? 0
    notes.set(one.notes, left - 1)
    return left > 0 ? [] : [`nobody opened incident ${one.id}`]
  })
}

/** P2: one order_id, one set of rows; and no row nobody asked for. */
export function checkOrigins(attempts: readonly Attempt[], final: FinalState): Violation[] {
  const state = { ...final, assignments: asMade(final.assignments, final.facts) }
  const asked = Map.groupBy(ofKind(attempts, 'order'), (one) => one.action.order_id)
  const unasked = state.orders
    .filter((order) => !isAsked(order, asked.get(order.order_id) ?? []))
    .map(({ order_id }) => `nobody asked for order ${order_id} as it was kept`)
  const claims = createClaims()
  claimCertain(attempts, state, claims)
  const strays = findUnasked(attempts, state, claims).map(({ id }) => `nobody asked for assignment ${id}`)
  const all = [
    ...checkOrders(attempts, state),
    ...unasked,
    ...claims.twice,
    ...strays,
    ...findUnopened(attempts, state),
  ]
  return all.map((what) => ({ check: 'P2', what }))
}
