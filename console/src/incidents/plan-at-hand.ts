import type { Incident } from '@toneout/contract/model/incident.ts'
import { createStore } from '../ui/store.ts'

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

const atHand = createStore<AtHand | null>(null)

export const currentAtHand = atHand.now
export const setAtHand = atHand.set
export const useAtHand = atHand.use
