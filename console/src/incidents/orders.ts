import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { useSyncExternalStore } from 'react'
import { ask, Refused } from '../access/ask.ts'
import { queries } from '../access/queries.ts'
import { createListeners } from '../ui/store.ts'
import { newOrderId } from './plan.ts'

/** One press: who goes where, the plan that was on the screen, and the number every try carries. */
export type Press = {
  readonly order_id: string
  readonly incident: { readonly id: number; readonly number: string }
  readonly units: readonly { readonly id: number; readonly number: string }[]
  /** Null where units were named, whatever the plan. */
  readonly plan: Recommendation | null
}

/** What came of it. `unknown`: no answer came, so it may have arrived; nothing is sent again by itself. */
export type Order = Press & { readonly at: number } & (
    | { readonly is: 'sending' }
    | { readonly is: 'sent'; readonly assignments: readonly Assignment[]; readonly undone: Undone }
    | { readonly is: 'refused' | 'unknown'; readonly error: unknown }
  )
type Undone = 'no' | 'asked' | 'yes' | 'partly'

/** So long a dispatch can be taken back by one press. */
export const undoMs = 10_000

const orders = new Map<number, Order>()
let latest: Order | null = null
const { tell, subscribe } = createListeners()

function keep(order: Order) {
  orders.set(order.incident.id, order)
  latest = order
  // Only the last order of each incident is of interest, and only of those that were worked on lately.
  const [oldest] = orders.keys()
  if (orders.size > 200 && oldest !== undefined) orders.delete(oldest)
  tell()
}

export const numbersOf = ({ units }: Pick<Press, 'units'>) => units.map((unit) => unit.number).join(' + ')

/** The server has decided; anything else leaves open whether the order arrived. */
export const isDecided = (error: unknown): error is Refused => error instanceof Refused && error.status < 500

/** Sends units; gives what came of it. */
export async function send(press: Omit<Press, 'order_id'> & { order_id?: string }): Promise<Order> {
  const whole = { ...press, order_id: press.order_id ?? newOrderId() }
  if (orders.get(press.incident.id)?.is === 'sending') return orders.get(press.incident.id)!
  keep({ ...whole, is: 'sending', at: Date.now() })
  const order = await sent(whole)
  keep(order)
  // The feed brings what changed; this is for a page whose feed is down.
  for (const name of ['plan', 'incident'])
    void queries.invalidateQueries({ queryKey: [name, press.incident.id] })
  return order
}

async function sent(press: Press): Promise<Order> {
  const { order_id, plan } = press
  const body = { order_id, unit_ids: press.units.map((unit) => unit.id), plan_version: plan?.version }
  try {
    const { assignments } = await ask('dispatchUnits', { params: { id: press.incident.id }, body })
    return { ...press, is: 'sent', assignments, undone: 'no', at: Date.now() }
  } catch (error) {
    return { ...press, is: isDecided(error) ? 'refused' : 'unknown', error, at: Date.now() }
  }
}

/** Forgets an order whose answer never came, when a person says that it shall not be sent again. */
export function drop(incidentId: number) {
  orders.delete(incidentId)
  if (latest?.incident.id === incidentId) latest = null
  tell()
}

export type Sent = Extract<Order, { is: 'sent' }>

/** The order that can still be taken back. */
export function undoable(now: number): Sent | null {
  if (latest?.is !== 'sent' || latest.undone !== 'no') return null
  return now - latest.at < undoMs ? latest : null
}

/** Takes the last dispatch back: its crews are told that they are not needed. */
export async function undo(order: Sent): Promise<Sent> {
  keep({ ...order, undone: 'asked' })
  const body = { reason: 'Taken back by the desk' }
  const tries = await Promise.allSettled(
    order.assignments.map(({ id }) =>
      ask('stepAssignment', { params: { id, step: 'cancel' as const }, body }),
    ),
  )
  const undone = tries.every((one) => one.status === 'fulfilled') ? 'yes' : 'partly'
  const after = { ...order, undone } as const
  keep(after)
  return after
}

export const useOrder = (incidentId: number) =>
  useSyncExternalStore(subscribe, () => orders.get(incidentId) ?? null)

export const useLatestOrder = () => useSyncExternalStore(subscribe, () => latest)

/** The next person at this desk begins without the orders of the last. */
export function forgetOrders() {
  orders.clear()
  latest = null
}

const none: ReadonlySet<number> = new Set()
let unsent = none

/** Incidents whose last order may not have arrived: it stays said until somebody decides. */
export function useUnsentIds(): ReadonlySet<number> {
  return useSyncExternalStore(subscribe, () => {
    const ids = [...orders.values()].filter((order) => order.is === 'unknown').map((one) => one.incident.id)
    if (ids.length !== unsent.size || ids.some((id) => !unsent.has(id))) unsent = new Set(ids)
    return unsent
  })
}
