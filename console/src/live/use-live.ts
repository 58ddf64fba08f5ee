import type { Call } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { createContext, useContext, useRef, useSyncExternalStore } from 'react'
import type { Board } from './board.ts'
import type { Centre } from './centre.ts'
import type { Live } from './live.ts'
import type { Status } from './status.ts'

export const LiveContext = createContext<Live | null>(null)

export function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('The live page is not around this component.')
  return live
}

export function useBoard(): Board {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, () => live.board)
}

/** One call as it is now; a component wakes only when that call changes. */
export function useKnownCall(sid: string | null): Call | undefined {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, () => live.board.calls.get(sid ?? '')?.row)
}

const isSame = <T>(a: readonly T[], b: readonly T[]) =>
  a.length === b.length && a.every((one, at) => one === b[at])

/** Rows read from the board: the same array while they are the same rows, so that nobody wakes for others. */
export function useRowsOfBoard<T>(read: (board: Board) => readonly T[]): readonly T[] {
  const live = useLive()
  const last = useRef<{ board: Board; read: typeof read; rows: readonly T[] }>(undefined)
  return useSyncExternalStore(live.subscribe, () => {
    const { current: known } = last
    if (known?.board === live.board && known.read === read) return known.rows
    const rows = read(live.board)
    last.current = { board: live.board, read, rows: known && isSame(known.rows, rows) ? known.rows : rows }
    return last.current.rows
  })
}

export function useCentre(): Centre {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, () => live.centre)
}

/** One part of the feed's state; a component wakes only when that part changes. */
export function useStatus<Name extends keyof Status>(name: Name): Status[Name] {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, () => live.status[name])
}

/** Rows (marks.ts) that changed while the feed was not heard, for 5 s after it came back. */
export function useMarked(): ReadonlySet<string> {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, () => live.marks.now)
}

/** What was said in a call, in order; undefined while nothing is known about it. */
export function useSpoken(sid: string | null): readonly Interaction[] | undefined {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, () =>
    sid === null ? undefined : live.board.scripts.get(sid)?.spoken,
  )
}
