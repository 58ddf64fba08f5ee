import { useCallback } from 'react'
import { liveLabel } from '../live/freshness.ts'
import { useLive, useStatus } from '../live/use-live.ts'
import { Ticking } from '../ui/ticking.tsx'

export function LiveAge() {
  const live = useLive()
  const [connected, level] = [useStatus('connected'), useStatus('level')]
  const read = useCallback(
    (now: number) => liveLabel(live.hearing, connected, live.delayMs, now),
    [live, connected],
  )
  return (
    <span className="live-age" data-level={level} data-connected={connected}>
      <Ticking read={read} />
    </span>
  )
}
