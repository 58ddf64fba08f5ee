import type { Me } from '@toneout/contract/model/person.ts'
import { useEffect } from 'react'
import { WithLive } from '../live/with-live.tsx'
import { MapPanel } from '../map/map-panel.tsx'
import { PanelBoundary } from '../ui/panel-states.tsx'
import { keepAwake } from './keep-awake.ts'
import { NotLive } from './not-live.tsx'
import { WallBar } from './wall-bar.tsx'
import { WallDuress } from './wall-duress.tsx'
import { WallQueue } from './wall-queue.tsx'

/** The centre for a wall: read from five metres, and nothing on it can be pressed by mistake. */
export function WallPage({ person }: { person: Me }) {
  useEffect(() => keepAwake(), [])
  return (
    <WithLive>
      <div className="wall">
        <WallBar />
        <WallDuress person={person} />
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
