import type { Call } from '@toneout/contract/model/call.ts'
import { isTerminal } from '@toneout/contract/model/call.ts'
import { useCallback } from 'react'
import { useLive } from '../live/use-live.ts'
import { dash, duration } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'

type Timed = Pick<Call, 'status' | 'created_at' | 'completed_at' | 'duration_seconds'>

/** An open call's time since it was received, running; an ended call's duration. */
export function CallTimer({ call }: { call: Timed }) {
  if (isTerminal(call.status)) return <span className="timer">{endedAfter(call) ?? dash}</span>
  return <RunningTimer since={call.created_at} />
}

export function endedAfter(call: Timed): string | null {
  if (call.duration_seconds !== null) return duration(call.duration_seconds)
  if (call.completed_at === null) return null
  return duration((Date.parse(call.completed_at) - Date.parse(call.created_at)) / 1000)
}

/** Time since an instant, corrected to the server's clock. */
export function RunningTimer({ since }: { since: string }) {
  const live = useLive()
  const read = useCallback(
    (now: number) => duration((live.serverTime(now) - Date.parse(since)) / 1000),
    [live, since],
  )
  return <Ticking className="timer running" read={read} />
}
