import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Fact, FactType } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Attempt, FinalState, Kind } from './entry.ts'

export const at = (second: number) => `2026-11-21T07:00:${String(second).padStart(2, '0')}.000Z`

const stamps = ['acknowledged', 'en_route', 'on_scene', 'at_patient', 'transporting', 'at_hospital']
  .concat('handover_done', 'cleared', 'cancelled', 'diverted')
  .map((name) => [`${name}_at`, null])

function makeAssignment(id: number, given: Partial<Assignment>): Assignment {
  const fresh = { ...Object.fromEntries(stamps), paramedic_id: null, hospital_id: null, reason: null }
  return { ...fresh, id, dispatcher_id: 9, status: 'ASSIGNED', ...given } as Assignment
}

const makeIncident = (id: number, given: Partial<Incident>): Incident => ({
  id,
  incident_number: `I-${id}`,
  status: 'RECEIVED',
  priority: 2,
  emergency_type: 'CARDIAC',
  location: '21 Harbour Street',
  latitude: null,
  longitude: null,
  notes: '',
  received_at: at(0),
  closed_at: null,
  disposition: null,
  merged_into: null,
  ...given,
})

export type Case = { attempts: Attempt[]; state: FinalState }

/** Writes a history and the rows and facts it leaves, side by side. */
function openCase() {
  const attempts: Attempt[] = []
  const state: FinalState = { given: [1, 2], incidents: [], assignments: [], orders: [], facts: [] }
  const asked = (kind: Kind, action: object, outcome: Attempt['outcome'], reply?: object) => {
    const one = { n: attempts.length, client: 'a', kind, action, outcome, reply }
    attempts.push(structuredClone(one) as Attempt)
  }
  const told = (type: FactType, second: number, about: Partial<Assignment>, data: object = {}) => {
    const { id, incident_id = null, unit_id = null } = about
    const actor = { kind: 'person' as const, id: 9, name: 'desk' }
    const fact = { id: state.facts.length + 1, at: at(second), type, actor, call_id: null }
    state.facts.push({ ...fact, incident_id, unit_id, data: { ...(id && { assignment_id: id }), ...data } })
  }
  const made = (id: number, incident_id: number, unit_id: number, second: number, more: object = {}) => {
    const one = makeAssignment(id, { incident_id, unit_id, assigned_at: at(second) })
    state.assignments.push(one)
    told('unit_assigned', second, one, more)
    return one
  }
  return { attempts, state, asked, told, made }
}
type Open = ReturnType<typeof openCase>

/** Order A of two units; one goes en route and clears, the other is diverted to incident 2. */
function playOrder({ state, asked, told, made }: Open): void {
  const order = { order_id: 'A', incident_id: 1, unit_ids: [11, 12], paramedic_ids: [null, null] }
  const [first, second] = [made(1, 1, 11, 1, { order_id: 'A' }), made(2, 1, 12, 1, { order_id: 'A' })]
  const incident = makeIncident(1, { status: 'DISPATCHED' })
  const reply = structuredClone({ incident, assignments: [first, second], warnings: [] })
  asked('order', order, 'unknown')
  asked('order', order, 'ok', reply)
  state.orders.push({ order_id: 'A', incident_id: 1, reply: structuredClone(reply) })
  told('unit_en_route', 2, first, { happened_at: at(2) })
  Object.assign(first, { status: 'EN_ROUTE', en_route_at: at(2) })
  asked('step', { assignment_id: 1, to: 'EN_ROUTE' }, 'ok', first)
  told('unit_cleared', 4, first, { happened_at: at(4) })
  Object.assign(first, { status: 'CLEARED', cleared_at: at(4) })
  asked('step', { assignment_id: 1, to: 'CLEARED' }, 'ok', first)
  told('unit_diverted', 5, second)
  Object.assign(second, { status: 'DIVERTED', diverted_at: at(5), reason: 'graver' })
  const third = made(3, 2, 12, 5, { diverted_from: 1 })
  asked('divert', { assignment_id: 2, incident_id: 2 }, 'ok', { diverted: second, assignment: third })
}

/** Unit 11 by the older endpoint: once acknowledged, once unknown but done, once refused. */
function playSeeds({ asked, told, made }: Open): void {
  const seed = { incident_id: 2, unit_id: 11, paramedic_id: 7 }
  const fourth = Object.assign(made(4, 2, 11, 6), { paramedic_id: 7 })
  asked('seed', seed, 'ok', { emergency_call: { dispatched_at: at(6) } })
  told('unit_cancelled', 7, fourth, { happened_at: at(7) })
  Object.assign(fourth, { status: 'CANCELLED', cancelled_at: at(7), reason: 'no' })
  Object.assign(made(5, 2, 11, 8), { paramedic_id: 7 })
  asked('seed', seed, 'unknown')
  asked('seed', seed, 'fail')
}

/** Incident 3 is opened, served by an order whose answer was lost, and closed. */
function playIncident({ state, asked, told, made }: Open): void {
  const opened = makeIncident(3, { notes: 'c' })
  told('incident_raised', 9, { incident_id: 3 })
  asked('open', { notes: 'c' }, 'ok', opened)
  const sixth = made(6, 3, 13, 10, { order_id: 'B' })
  asked('order', { order_id: 'B', incident_id: 3, unit_ids: [13], paramedic_ids: [null] }, 'unknown')
  const kept = structuredClone({ incident: opened, assignments: [sixth], warnings: [] })
  state.orders.push({ order_id: 'B', incident_id: 3, reply: kept })
  told('unit_cleared', 12, sixth)
  Object.assign(sixth, { status: 'CLEARED', cleared_at: at(12) })
  told('incident_closed', 12, { incident_id: 3 })
  const closed = { ...opened, status: 'CLOSED' as const, closed_at: at(12), disposition: 'REFUSED' as const }
  asked('end', { incident_id: 3, to: 'CLOSED', disposition: 'REFUSED' }, 'ok', closed)
  state.incidents.push(makeIncident(1, {}), makeIncident(2, { status: 'DISPATCHED' }), closed)
}

/** A sound history with one of everything; each test breaks it in one place. */
export function makeSound(): Case {
  const open = openCase()
  playOrder(open)
  playSeeds(open)
  playIncident(open)
  open.asked('duty', { unit_id: 13, duty: 'OFF_DUTY' }, 'ok', { live: [] })
  return { attempts: open.attempts, state: open.state }
}

export const row = ({ state }: Case, id: number) =>
  state.assignments.find((one) => one.id === id) as Assignment
export const attempt = ({ attempts }: Case, kind: Kind, outcome: Attempt['outcome'] = 'ok') =>
  // biome-ignore lint/suspicious/noExplicitAny: a test breaks replies of every kind
  attempts.find((one) => one.kind === kind && one.outcome === outcome) as any
export const without = <T>(all: T[], isIt: (one: T) => boolean) => {
  const found = all.findIndex(isIt)
  if (found < 0) throw new Error('there is nothing to leave out')
  all.splice(found, 1)
}

export const factOf = ({ state }: Case, type: FactType) =>
  state.facts.find((one) => one.type === type) as Fact
