import {
  type Assignment,
  assignmentTransitions,
  type StepName,
  steps,
} from '@toneout/contract/model/assignment.ts'
import type { Actions } from '../../../simulator/history/entry.ts'
import type { Random } from '../../../simulator/random.ts'
import { type Board, remember, see } from './board.ts'
import type { Exchange } from './exchange.ts'

export type Hands = {
  name: string
  random: Random
  board: Board
  exchange: Exchange
  /** The same person's line as a supervisor. */
  chief: Exchange
}
/** One thing a dispatcher does, with its retries. */
export type Deed = (hands: Hands) => Promise<void>

const tries = 6
const pickLive = ({ random, board }: Hands): Assignment | undefined =>
  board.live.size === 0 ? undefined : random.pick([...board.live.values()])

export async function look({ board, exchange }: Hands, incident_id: number): Promise<void> {
  const found = (await exchange.look(`/api/incidents/${incident_id}/`)) as { assignments: Assignment[] }
  if (found) see(board, found.assignments)
}

/** The same order again and again until it is answered, as a client does that has lost the reply. */
async function sendOrder({ board, exchange, random }: Hands, action: Actions['order']): Promise<void> {
  const { incident_id, ...body } = action
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const { outcome, reply } = await exchange.send(
      'order',
      action,
      `/api/incidents/${incident_id}/assignments/`,
      body,
    )
    if (reply) see(board, reply.assignments)
    if (outcome !== 'unknown') return
    await new Promise((next) => setTimeout(next, random.int(5, 40) * attempt))
  }
}

let numbers = 0
/** A number no other deed of this run has. */
export function nextNumber(): number {
  numbers += 1
  return numbers
}

export const order: Deed = async (hands) => {
  const { random, board } = hands
  const count = random.chance(0.5) ? 1 : random.int(2, 4)
  const unit_ids = random.shuffled(board.units).slice(0, count)
  const crew = random.shuffled(board.paramedics)
  const action = {
    order_id: `${hands.name}-${nextNumber()}`,
    incident_id: random.pick(board.incidents),
    unit_ids,
    paramedic_ids: unit_ids.map((_, at) => (random.chance(0.4) ? (crew[at] ?? null) : null)),
    ...(random.chance(0.2) && { hospital_id: random.pick(board.hospitals) }),
  }
  remember(board, action)
  await sendOrder(hands, action)
}

/** An order of some time ago, as a message that was held up on its way; now and then with other units. */
export const orderAgain: Deed = async (hands) => {
  const { random, board } = hands
  if (board.orders.length === 0) return
  const old = random.pick(board.orders)
  const paramedic_ids = [null]
  const other = random.chance(0.15) ? { unit_ids: [random.pick(board.units)], paramedic_ids } : {}
  await sendOrder(hands, { ...old, ...other })
}

export const seed: Deed = async (hands) => {
  const { random, board, exchange } = hands
  const action = {
    incident_id: random.pick(board.incidents),
    unit_id: random.pick(board.units),
    paramedic_id: random.chance(0.4) ? random.pick(board.paramedics) : null,
  }
  const { incident_id: emergency_call_id, unit_id: ambulance_id, paramedic_id } = action
  const body = { emergency_call_id, ambulance_id, paramedic_id }
  const { outcome } = await exchange.send('seed', action, '/api/dispatch/', body)
  if (outcome !== 'fail') await look(hands, emergency_call_id)
}

const stepNames = Object.keys(steps) as StepName[]

export const step: Deed = async (hands) => {
  const { random, board, exchange } = hands
  const one = pickLive(hands)
  if (!one) return look(hands, random.pick(board.incidents))
  const possible = stepNames.filter((name) => assignmentTransitions[one.status].includes(steps[name]))
  // Mostly onward by one, often to the end so that units come free, sometimes what cannot be.
  const chance = random.next()
  const end = random.pick(['clear', 'clear', 'cancel'] as const)
  const name = chance < 0.55 ? (possible[0] ?? end) : chance < 0.9 ? end : random.pick(stepNames)
  const hasClock = random.chance(0.05)
  const body = {
    ...(name === 'transport' && { hospital_id: random.pick(board.hospitals) }),
    ...(steps[name] === 'CANCELLED' && { reason: 'not needed' }),
    ...(hasClock && { at: new Date(Date.now() - random.int(0, 20)).toISOString() }),
  }
  const action = { assignment_id: one.id, to: steps[name] }
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const { outcome, reply } = await exchange.send(
      'step',
      action,
      `/api/assignments/${one.id}/${name}/`,
      body,
    )
    if (reply) see(board, [reply])
    if (outcome === 'fail') await look(hands, one.incident_id)
    if (outcome !== 'unknown') return
  }
}

export const divert: Deed = async (hands) => {
  const { random, board, exchange } = hands
  const one = pickLive(hands)
  if (!one) return
  const action = { assignment_id: one.id, incident_id: random.pick(board.incidents) }
  const body = { incident_id: action.incident_id, reason: 'graver' }
  const { reply } = await exchange.send('divert', action, `/api/assignments/${one.id}/divert/`, body)
  if (reply) see(board, [reply.diverted, reply.assignment])
  else await look(hands, one.incident_id)
}
