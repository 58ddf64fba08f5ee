import { type Assignment, isLive } from '@toneout/contract/model/assignment.ts'
import type { Actions } from '../../../simulator/history/entry.ts'
import type { World } from './world.ts'

/** Orders that are remembered to be sent again much later. */
const orderLimit = 400

/** What the clients of a campaign know between them; it may be out of date, as every screen is. */
export type Board = Omit<World, 'dispatchers'> & {
  /** Open incidents, as far as known. */
  incidents: number[]
  live: Map<number, Assignment>
  orders: Actions['order'][]
}

export function createBoard({ dispatchers: _, ...world }: World): Board {
  return { ...world, incidents: [...world.incidents], live: new Map(), orders: [] }
}

export function see(board: Board, assignments: readonly Assignment[]): void {
  for (const one of assignments) {
    if (isLive(one.status)) board.live.set(one.id, one)
    else board.live.delete(one.id)
  }
}

export function remember(board: Board, order: Actions['order']): void {
  board.orders.push(order)
  if (board.orders.length > orderLimit) board.orders.shift()
}

export function forgetIncident(board: Board, id: number): void {
  board.incidents = board.incidents.filter((one) => one !== id)
  for (const one of board.live.values()) if (one.incident_id === id) board.live.delete(one.id)
}
