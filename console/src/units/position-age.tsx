import { useCallback } from 'react'
import { positionAge } from '../live/fleet.ts'
import { useLive } from '../live/use-live.ts'
import { duration } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'

/**
 * The time in its status of a unit that is on something. A position is marked from a minute, and from five
 * its age is said instead, all by the server's clock.
 */
export function PositionAge({ id, since }: { id: number; since: string | null }) {
  const live = useLive()
  const read = useCallback(
    (now: number) => {
      const [at, server] = [live.whereabouts.at(id), live.serverTime(now)]
      const lasting = since === null ? '' : duration(Math.max(0, (server - Date.parse(since)) / 1000))
      const tone = positionAge(at, server)
      if (at === undefined) return { text: lasting || 'none', tone }
      const age = duration(Math.max(0, (server - Date.parse(at)) / 1000))
      if (tone === 'old') return { text: `old ${age}`, tone }
      return { text: lasting || (tone === 'aged' ? age : ''), tone }
    },
    [live, id, since],
  )
  return <Ticking className="position-age" read={read} />
}
