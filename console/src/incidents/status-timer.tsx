import type { Incident } from '@toneout/contract/model/incident.ts'
import { useCallback } from 'react'
import { useLive } from '../live/use-live.ts'
import { duration } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { targetOf, toneOf } from './targets.ts'

/** Time in the status against its target, by the server's clock. */
export function StatusTimer({ incident, since }: { incident: Incident; since: string }) {
  const live = useLive()
  const { status, priority, awaiting_close_since } = incident
  const isOver = awaiting_close_since !== null
  const read = useCallback(
    (now: number) => {
      const seconds = (live.serverTime(now) - Date.parse(since)) / 1000
      const target = isOver ? undefined : targetOf({ status, priority })
      return { text: duration(seconds), tone: toneOf(seconds, target) }
    },
    [live, since, status, priority, isOver],
  )
  return <Ticking className="timer running" read={read} />
}
