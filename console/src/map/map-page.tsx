import type { Me } from '@toneout/contract/model/person.ts'
import { LiveAge } from '../calls/live-age.tsx'
import { PageLink } from '../frame/page-link.tsx'
import { WithLive } from '../live/with-live.tsx'
import { clockTime } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { MapPanel } from './map-panel.tsx'
import { useSharedSelection } from './share-selection.ts'

/** The map in a window of its own, for a second screen; what is selected is what the console selects. */
export function MapPage({ person }: { person: Me }) {
  useSharedSelection('map')
  return (
    <WithLive>
      <div className="map-window">
        <header className="map-bar">
          <h1>Map</h1>
          <PageLink className="link" href="/">
            Console
          </PageLink>
          <span className="top-gap" />
          <LiveAge />
          <Ticking className="clock" read={clockTime} />
        </header>
        <main className="panel map-main" aria-label="The map, live">
          <MapPanel person={person} />
        </main>
      </div>
    </WithLive>
  )
}
