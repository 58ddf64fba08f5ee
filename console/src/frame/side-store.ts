import type { EmergencyType } from '@toneout/contract/model/call.ts'
import { useSyncExternalStore } from 'react'

/** What stands beside the boards of the console for a while, over the map and never over a list. */
export type Side =
  | { is: 'help' }
  | { is: 'raise'; type: EmergencyType | null }
  | { is: 'edit'; id: number }
  | { is: 'end'; id: number }
  | { is: 'unit'; id: number }

let side: Side | null = null
const listeners = new Set<() => void>()

export const currentSide = () => side

export function openSide(next: Side | null) {
  side = next
  for (const listener of listeners) listener()
}

export function useSide(): Side | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentSide)
}
