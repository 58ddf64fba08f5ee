import { staleSentence } from '../live/freshness.ts'
import { useLive, useStatus } from '../live/use-live.ts'

/** Said as soon as anything may be missing: nobody stands near enough to look for it. */
export function NotLive() {
  const live = useLive()
  const [level, online] = [useStatus('level'), useStatus('online')]
  if (level === 'live') return null
  return (
    <p className="notice stale wall-stale" role="alert">
      {staleSentence(live.hearing, online)}
    </p>
  )
}
