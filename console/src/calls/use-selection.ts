import type { Call } from '@toneout/contract/model/call.ts'
import type { Board } from '../live/board.ts'
import { useBoard } from '../live/use-live.ts'
import type { View } from './view.ts'
import { useView } from './view-store.ts'

/** What is before the dispatcher's eyes: a call, an incident, or both where one is about the other. */
export type Selection = { readonly call: string | null; readonly incident: number | null }

/** The newest of an incident's calls, an open one before those that ended. */
function callAbout(board: Board, incident: number): string | null {
  const about = board.order
    .map((sid) => board.calls.get(sid)!.row)
    .filter((row) => row.incident_id === incident)
  const isOpen = (row: Call) => row.completed_at === null
  return (about.find(isOpen) ?? about[0])?.call_sid ?? null
}

/** What is selected, and with a call its incident, with an incident its call. */
export function selectionOf({ call, incident }: Pick<View, 'call' | 'incident'>, board: Board): Selection {
  if (incident !== null) return { incident, call: callAbout(board, incident) }
  if (call === null) return { call: null, incident: null }
  return { call, incident: board.calls.get(call)?.row.incident_id ?? null }
}

export function useSelection(): Selection {
  return selectionOf(useView(), useBoard())
}
