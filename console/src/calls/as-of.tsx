import { lastHeard } from '../live/freshness.ts'
import { useLive, useStatus } from '../live/use-live.ts'
import { clockTime } from '../ui/format.ts'

/** In a panel's head: how old its content is, once it is not live any more. */
export function AsOf() {
  const live = useLive()
  const level = useStatus('level')
  if (level === 'live') return null
  return <span className="as-of">as of {clockTime(lastHeard(live.hearing))}</span>
}
