import type { Call } from '@toneout/contract/model/call.ts'
import { useSyncExternalStore } from 'react'
import type { Board } from '../live/board.ts'
import { useLive } from '../live/use-live.ts'
import type { View } from './view.ts'
import { useDrawnView, useView } from './view-store.ts'

/** What is before the dispatcher's eyes: a call, an incident, or both where one is about the other. */
export type Selection = { readonly call: string | null; readonly incident: number | null }

/** The calls that are about an incident, as far as they are loaded, newest first. */
export function callsAbout(board: Board, incident: number): Call[] {
  const about: Call[] = []
  for (const sid of board.order) {
    const call = board.calls.get(sid)!.row
    if (call.incident_id === incident) about.push(call)
  }
  return about
}

/** The newest of an incident's calls, an open one before those that ended. */
function callAbout(board: Board, incident: number): string | null {
  const about = callsAbout(board, incident)
  const isOpen = (row: Call) => row.completed_at === null
  return (about.find(isOpen) ?? about[0])?.call_sid ?? null
}

/** What is selected, and with a call its incident, with an incident its call. */
export function selectionOf({ call, incident }: Pick<View, 'call' | 'incident'>, board: Board): Selection {
  if (incident !== null) return { incident, call: callAbout(board, incident) }
  if (call === null) return { call: null, incident: null }
  return { call, incident: board.calls.get(call)?.row.incident_id ?? null }
}

/** Of what a view selects; whoever asks wakes when that changes, not with every word of a caller. */
function useSelectionOf(view: View): Selection {
  const live = useLive()
  const read = () => selectionOf(view, live.board)
  const call = useSyncExternalStore(live.subscribe, () => read().call)
  const incident = useSyncExternalStore(live.subscribe, () => read().incident)
  return { call, incident }
}

export const useSelection = (): Selection => useSelectionOf(useView())

/**
 * The selection as it was painted last. What is much to draw follows one paint behind the row that a key
 * selects, so that the key is answered at once.
 */
export const useDrawnSelection = (): Selection => useSelectionOf(useDrawnView())
