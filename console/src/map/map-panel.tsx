import type { Me } from '@toneout/contract/model/person.ts'
import { lazy, Suspense } from 'react'
import { Failed, PanelBoundary } from '../ui/panel-states.tsx'
import { useBaseMap } from './use-base-map.ts'

/** The largest file of all, and the one that dispatching needs least: it comes by itself, and last. */
const MapCanvas = lazy(async () => ({ default: (await import('./map-canvas.tsx')).MapCanvas }))

/**
 * Units, incidents, hospitals and stations on the map. Whatever happens to it, the lists go on. One that is
 * `still` is only looked at.
 */
export function MapPanel({ person, isStill = false }: { person: Me; isStill?: boolean }) {
  const ground = useBaseMap()
  return (
    <section className="panel map" aria-label="Map">
      <PanelBoundary what="The map">
        {ground.isError && !ground.data && <Failed what="The map" read={ground} />}
        <Suspense fallback={<p className="empty">Loading the map …</p>}>
          {ground.data && <MapCanvas person={person} ground={ground.data} isStill={isStill} />}
        </Suspense>
      </PanelBoundary>
    </section>
  )
}
