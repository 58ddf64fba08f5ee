import type { Incident } from '@toneout/contract/model/incident.ts'
import { useSyncExternalStore } from 'react'

/** What an empty line would do: the plan that stands beside the selected incident, and its press. */
export type AtHand = {
  readonly incident: Incident
  readonly units: readonly { readonly id: number; readonly number: string }[]
  /** What a second Enter is asked for, before anything is sent; null when one is enough. */
  readonly question: string | null
  /** A press now is meant for what is on the screen. */
  readonly isArmed: boolean
  readonly press: () => void
}

let atHand: AtHand | null = null
const listeners = new Set<() => void>()

export const currentAtHand = () => atHand

export function setAtHand(next: AtHand | null) {
  atHand = next
  for (const listener of listeners) listener()
}

export function useAtHand(): AtHand | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentAtHand)
}
