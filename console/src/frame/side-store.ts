import type { EmergencyType } from '@toneout/contract/model/call.ts'
import { createStore } from '../ui/store.ts'

/** What stands beside the boards of the console for a while, over the map and never over a list. */
export type Side =
  | { is: 'help' }
  | { is: 'raise'; type: EmergencyType | null }
  | { is: 'edit'; id: number }
  | { is: 'end'; id: number }
  | { is: 'unit'; id: number }
  | { is: 'closures' }
  /** The times of one unit's run. */
  | { is: 'correct'; id: number }

const side = createStore<Side | null>(null)

export const currentSide = side.now
export const openSide = side.set
export const useSide = side.use
