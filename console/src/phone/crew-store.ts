import type { CrewView } from '@toneout/contract/model/crew.ts'
import { createStore } from '../ui/store.ts'
import type { Person } from './session.ts'
import type { Queued } from './storage.ts'

/** What the page knows. Parts write to it, components read it; nobody else holds any of it. */
export type State = {
  /** undefined while it is not known; null for nobody. */
  person: Person | null | undefined
  /** Whether the person was taken from this phone, since the server could not be asked. */
  isRemembered: boolean
  view: CrewView | null
  /** When the view was read, by this phone's clock; null while it is from before a reload. */
  viewReadAt: number | null
  presses: readonly Queued[]
  /** When the feed last spoke, and whether a connection is open. */
  heardAt: number | null
  isConnected: boolean
  /** How far this phone's clock is ahead of the server's, in ms. */
  aheadMs: number
  /** Why the view could not be read, or a press not be kept. */
  fault: string | null
  /** The server has another version of this page. */
  isOld: boolean
}

export const beginning: State = {
  person: undefined,
  isRemembered: false,
  view: null,
  viewReadAt: null,
  presses: [],
  heardAt: null,
  isConnected: false,
  aheadMs: 0,
  fault: null,
  isOld: false,
}

const state = createStore<State>(beginning)

export const current = state.now

export const change = (part: Partial<State>): void => state.set({ ...current(), ...part })

export const useCrew = state.use

/** Hears of every change, for parts that are no components. */
export const onChange = state.subscribe

/** Differences of the two clocks as replies showed them; each is too large by the reply's way here. */
const samples: number[] = []

/** Compares this phone's clock with a time the server gave just now. */
export function compareClocks(serverAt: string, receivedAt = Date.now()): void {
  const ahead = receivedAt - Date.parse(serverAt)
  if (Number.isNaN(ahead)) return
  samples.push(ahead)
  if (samples.length > 24) samples.shift()
  change({ aheadMs: Math.min(...samples) })
}

/** Below this the difference is a network's, and nothing to tell a crew of. */
export const tellClockFromMs = 5_000
