import type { Me } from '@toneout/contract/model/person.ts'
import { useEffect } from 'react'
import { PageLink } from '../frame/page-link.tsx'
import { staleSentence } from '../live/freshness.ts'
import { useLive, useStatus } from '../live/use-live.ts'
import { WithLive } from '../live/with-live.tsx'
import { MapPanel } from '../map/map-panel.tsx'
import { clockTime } from '../ui/format.ts'
import { PanelBoundary } from '../ui/panel-states.tsx'
import { Ticking } from '../ui/ticking.tsx'
import { WallFigures } from './wall-figures.tsx'
import { WallQueue } from './wall-queue.tsx'

/** The centre for a wall: read from five metres, and nothing on it can be pressed by mistake. */
export function WallPage({ person }: { person: Me }) {
  useEffect(() => keepAwake(), [])
  return (
    <WithLive>
      <div className="wall">
        <header className="wall-bar">
          <h1>
            <PageLink href="/">Toneout</PageLink>
          </h1>
          <WallFigures />
          <Ticking className="wall-clock" read={clockTime} />
        </header>
        <NotLive />
        <main className="wall-main" aria-label="The centre, live">
          <PanelBoundary what="Incidents">
            <WallQueue />
          </PanelBoundary>
          <MapPanel person={person} isStill />
        </main>
      </div>
    </WithLive>
  )
}

function NotLive() {
  const live = useLive()
  const [level, online] = [useStatus('level'), useStatus('online')]
  if (level === 'live') return null
  return (
    <p className="notice stale wall-stale" role="alert">
      {staleSentence(live.hearing, online)}
    </p>
  )
}

/** A wall is looked at and never touched, so its screen would go dark. */
function keepAwake() {
  let lock: WakeLockSentinel | undefined
  const hold = () => {
    // Pages have it over HTTPS only; without it the machine's own settings count.
    if (document.visibilityState !== 'visible' || !navigator.wakeLock) return
    navigator.wakeLock.request('screen').then(
      (held) => {
        lock = held
      },
      () => {},
    )
  }
  hold()
  document.addEventListener('visibilitychange', hold)
  return () => {
    document.removeEventListener('visibilitychange', hold)
    void lock?.release()
  }
}
