import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Fact, FactType } from '@toneout/contract/model/fact.ts'
import type { Attempt, Kind } from './entry.ts'
import { at, type Case, makeIncident, type Open, openCase } from './sound-rows.ts'

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
  told('incident_closed', 12, { incident_id: 3 }, { disposition: 'REFUSED' })
  const closed = { ...opened, status: 'CLOSED' as const, closed_at: at(12), disposition: 'REFUSED' as const }
  asked('end', { incident_id: 3, to: 'CLOSED', disposition: 'REFUSED' }, 'ok', closed)
  state.incidents.push(makeIncident(1, {}), makeIncident(2, { status: 'DISPATCHED' }), closed)
}

/** Unit 14 goes with its incident 4 into 5 and back; what it reports in between is told of incident 5. */
function playMerge({ state, asked, told, made }: Open): void {
  const [four, five] = [makeIncident(4, {}), makeIncident(5, { status: 'DISPATCHED' })]
  const seventh = made(7, 4, 14, 13, { order_id: 'M', hospital_id: 8 })
  seventh.hospital_id = 8
  const kept = structuredClone({ incident: four, assignments: [seventh], warnings: [] })
  const order = { order_id: 'M', incident_id: 4, unit_ids: [14], paramedic_ids: [null], hospital_id: 8 }
  asked('order', order, 'ok', kept)
  state.orders.push({ order_id: 'M', incident_id: 4, reply: kept })
  const moved = { from_id: 4, into_id: 5, call_ids: [], assignment_ids: [7] }
  const both = (type: FactType, second: number) => {
    for (const incident_id of [4, 5]) told(type, second, { incident_id }, moved)
  }
  both('calls_merged', 14)
  const end = { status: 'CANCELLED' as const, disposition: 'DUPLICATE' as const, closed_at: at(14) }
  asked('merge', { incident_id: 4, into_id: 5 }, 'ok', {
    from: { ...four, ...end, merged_into: 5 },
    into: five,
  })
  const there = { ...seventh, incident_id: 5 }
  told('assignment_acknowledged', 15, there, { happened_at: at(15) })
  Object.assign(seventh, { status: 'ACKNOWLEDGED', acknowledged_at: at(15) })
  asked('step', { assignment_id: 7, to: 'ACKNOWLEDGED' }, 'ok', { ...seventh, incident_id: 5 })
  both('calls_split', 16)
  const again = { ...four, status: 'DISPATCHED' as const }
  asked('split', { incident_id: 4 }, 'ok', { from: again, into: { ...five, status: 'RECEIVED' } })
  state.incidents.push(again, { ...five, status: 'RECEIVED' })
}

/** Incident 6 is closed, opened again by a supervisor, and cancelled. */
function playReopening({ state, asked, told }: Open): void {
  const six = makeIncident(6, { notes: 'f' })
  told('incident_raised', 17, { incident_id: 6 })
  asked('open', { notes: 'f' }, 'ok', six)
  const end = (to: 'CLOSED' | 'CANCELLED', second: number) => {
    const disposition = 'NO_PATIENT' as const
    told(
      to === 'CLOSED' ? 'incident_closed' : 'incident_cancelled',
      second,
      { incident_id: 6 },
      { disposition },
    )
    Object.assign(six, { status: to, closed_at: at(second), disposition })
    asked('end', { incident_id: 6, to, disposition }, 'ok', six)
  }
  end('CLOSED', 18)
  told('incident_reopened', 19, { incident_id: 6 })
  Object.assign(six, { status: 'RECEIVED', closed_at: null, disposition: null, reopened_at: at(19) })
  asked('reopen', { incident_id: 6 }, 'ok', six)
  end('CANCELLED', 20)
  state.incidents.push(six)
}

/** Unit 15 is taken out of use and into use again; hospital 9 stays out of use. */
function playRetirement({ state, asked, told }: Open): void {
  const retired = { action: 'retired' }
  told('unit_changed', 21, { unit_id: 15 }, retired)
  asked('retire', { what: 'unit', id: 15 }, 'ok', { id: 15, retired_at: at(21) })
  told('unit_changed', 22, { unit_id: 15 }, { action: 'restored' })
  asked('restore', { what: 'unit', id: 15 }, 'ok', { id: 15, retired_at: null })
  told('hospital_changed', 23, {}, { ...retired, hospital_id: 9 })
  asked('retire', { what: 'hospital', id: 9 }, 'unknown')
  state.units.push(...[11, 12, 13, 14, 15].map((id) => ({ id, retired_at: null })))
  state.hospitals.push({ id: 8, retired_at: null }, { id: 9, retired_at: at(23) })
}

/** A sound history with one of everything; each test breaks it in one place. */
export function makeSound(): Case {
  const open = openCase()
  playOrder(open)
  playSeeds(open)
  playIncident(open)
  playMerge(open)
  playReopening(open)
  playRetirement(open)
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
