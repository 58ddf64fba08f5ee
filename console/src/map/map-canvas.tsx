import type { Me } from '@toneout/contract/model/person.ts'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { mayDispatch } from '../access/session.ts'
import { useDrawnSelection } from '../calls/use-selection.ts'
import { MapFoot } from './map-foot.tsx'
import { MapTools } from './map-tools.tsx'
import { PickedMark } from './picked-mark.tsx'
import type { useBaseMap } from './use-base-map.ts'
import { useDrawing } from './use-drawing.ts'
import { useMoment } from './use-moment.ts'

type Ground = NonNullable<ReturnType<typeof useBaseMap>['data']>

type CanvasProps = { person: Me; ground: Ground; isStill: boolean }

/** The map goes where a selection rests; one that only steps through a list does not wait for it. */
const restMs = 250

/** Keys that the map itself takes while it has the focus; nobody else may act on them then. */
const ownKeys = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', '+', '-', '=', 'f', 'F'])

/** The map with what stands over it. Its file comes last, after all that dispatching needs. */
export function MapCanvas({ person, ground, isStill }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null)
  const { incident } = useDrawnSelection()
  const { drawing, locked, fault, counts, picked } = useDrawing({
    ...{ place, ground, isStill },
    read: useMoment(person, incident),
  })

  useEffect(() => {
    if (incident === null) return
    const timer = setTimeout(() => drawing?.show(incident), restMs)
    return () => clearTimeout(timer)
  }, [drawing, incident])

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
      {drawing && !isStill && <MapTools drawing={drawing} locked={locked} closes={mayDispatch(person)} />}
      <MapFoot attribution={ground.base.source?.attribution ?? ''} counts={counts} />
    </>
  )
}
