import type { Me } from '@toneout/contract/model/person.ts'
import type { KeyboardEvent } from 'react'
import { useEffect, useRef } from 'react'
import { openIncident } from '../calls/select.ts'
import { useSelection } from '../calls/use-selection.ts'
import { useOpenIncidents } from '../incidents/use-incidents.ts'
import { useLive } from '../live/use-live.ts'
import { useUnits } from '../units/use-units.ts'
import { MapFoot } from './map-foot.tsx'
import { PickedMark } from './picked-mark.tsx'
import type { useBaseMap } from './use-base-map.ts'
import { useDrawing } from './use-drawing.ts'
import { useMoment } from './use-moment.ts'

type Ground = NonNullable<ReturnType<typeof useBaseMap>['data']>

type CanvasProps = { person: Me; ground: Ground; isStill: boolean }

/** Keys that the map itself takes while it has the focus; nobody else may act on them then. */
const ownKeys = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', '+', '-', '=', 'f', 'F'])

/** The map with what stands over it. Its file comes last, after all that dispatching needs. */
export function MapCanvas({ person, ground, isStill }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null)
  const live = useLive()
  const { incident } = useSelection()
  useUnits()
  useOpenIncidents()
  const { drawing, locked, fault, counts, picked } = useDrawing({
    ...{ place, ground, isStill },
    read: useMoment(person, incident),
  })

  useEffect(() => {
    if (incident !== null) drawing?.show(incident)
  }, [drawing, incident])

  useEffect(() => {
    if (picked?.kind === 'incidents') openIncident(picked.id)
    const bound = picked?.kind === 'units' ? live.centre.units.get(picked.id)?.row.incident_id : null
    if (bound) openIncident(bound)
  }, [picked, live])

  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !ownKeys.has(event.key)) return
    event.stopPropagation()
    if (event.key.toLowerCase() === 'f') drawing?.fit()
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the canvas inside has the focus and its name */}
      <div ref={place} className="map-canvas" onKeyDown={press} />
      <div className="map-note">
        <p role="status">{fault}</p>
        <p>{ground.base.note}</p>
        <PickedMark picked={picked} />
      </div>
      {drawing && !isStill && (
        <fieldset className="map-tools" aria-label="Map">
          <button type="button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => drawing.zoom(1)}>
            +
          </button>
          <button type="button" aria-label="Zoom out" title="Zoom out (−)" onClick={() => drawing.zoom(-1)}>
            −
          </button>
          <button
            type="button"
            aria-label="Fit everything and follow"
            title={locked ? 'Moved by hand; fit and follow again (F)' : 'Fit everything (F)'}
            onClick={() => drawing.fit()}
          >
            <FitMark locked={locked} />
          </button>
          {window.location.pathname !== '/map' && (
            <a href="/map" target="toneout-map" aria-label="Map in its own window" title="In its own window">
              <WindowMark />
            </a>
          )}
        </fieldset>
      )}
      <MapFoot attribution={ground.base.source?.attribution ?? ''} counts={counts} />
    </>
  )
}

/** Filled in the middle while the map follows what is selected. */
function FitMark({ locked }: { locked: boolean }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" />
      {!locked && <circle cx="12" cy="12" r="2.5" fill="currentColor" />}
    </svg>
  )
}

function WindowMark() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9" />
    </svg>
  )
}
