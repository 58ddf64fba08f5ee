import { type Assignment, isLive } from '@toneout/contract/model/assignment.ts'
import type { Actions } from '../../../simulator/history/entry.ts'
import type { World } from './world.ts'

/** Orders that are remembered to be sent again much later. */
const orderLimit = 400
/** Incidents that are remembered after their end or their merge. */
const pastLimit = 20

/** What the clients of a campaign know between them; it may be out of date, as every screen is. */
export type Board = Omit<World, 'dispatchers' | 'supervisor'> & {
  /** Open incidents, as far as known. */
  incidents: number[]
  /** Ended and merged ones, the latest of each. */
  ended: number[]
  merged: number[]
  live: Map<number, Assignment>
  orders: Actions['order'][]
}

export function createBoard({ dispatchers: _, supervisor: __, ...world }: World): Board {
  return { ...world, incidents: [...world.incidents], ended: [], merged: [], live: new Map(), orders: [] }
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

const keep = (list: number[], id: number) => {
  list.push(id)
  if (list.length > pastLimit) list.shift()
}

/** Its live units are at the other one from now on. */
export function seeMerge(board: Board, from: number, into: number): void {
  board.incidents = board.incidents.filter((one) => one !== from)
  keep(board.merged, from)
  for (const one of board.live.values()) {
    if (one.incident_id === from) board.live.set(one.id, { ...one, incident_id: into })
  }
}

export function seeOpen(board: Board, id: number): void {
  board.ended = board.ended.filter((one) => one !== id)
  board.merged = board.merged.filter((one) => one !== id)
  if (!board.incidents.includes(id)) board.incidents.push(id)
}

export function seeEnd(board: Board, id: number): void {
  board.incidents = board.incidents.filter((one) => one !== id)
  keep(board.ended, id)
  for (const one of board.live.values()) if (one.incident_id === id) board.live.delete(one.id)
}
