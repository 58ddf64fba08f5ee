import type { Client } from '@toneout/contract/client.ts'
import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Point } from './city/projection.ts'
import type { Ordinals } from './ordinals.ts'
import type { Random } from './random.ts'

export type DeskWork = {
  send: Client
  clock: () => number
  random: Random
  /** Ids of the demo's units and of its own account. */
  ours: ReadonlySet<number>
  me: number
  /** Names this run in order_ids. */
  run: string
  /** How many patients there are at a place where more than one is known to be. */
  crowdAt: (place: Point) => number | undefined
  ordinal: Ordinals
  /** Called when units were sent. */
  onSent: () => void
  counts: { open: number; dispatched: number; closed: number }
}
export type Case = Incident & { assignments: Assignment[] }
/** `dueAt` is when to look at an incident again, by the simulation's clock. */
export type Note = { seenAt: number; dueAt: number; orders: number; isSent: boolean }
