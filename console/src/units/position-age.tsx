import { useCallback } from 'react'
import { positionAge } from '../live/fleet.ts'
import { useLive } from '../live/use-live.ts'
import { duration } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'

/** How old the position is by the server's clock: marked from a minute, said to be old from five. */
export function PositionAge({ id }: { id: number }) {
  const live = useLive()
  const read = useCallback(
    (now: number) => {
      const [at, server] = [live.whereabouts.at(id), live.serverTime(now)]
      if (at === undefined) return { text: 'none', tone: 'none' }
      const tone = positionAge(at, server)
      const seconds = Math.max(0, (server - Date.parse(at)) / 1000)
      const text = tone === 'fresh' ? `${Math.floor(seconds)} s` : duration(seconds)
      return { text: tone === 'old' ? `old ${text}` : text, tone }
    },
    [live, id],
  )
  return <Ticking className="position-age" read={read} />
}
