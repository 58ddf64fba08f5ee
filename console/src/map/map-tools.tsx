import { openSide } from '../frame/side-store.ts'
import type { Drawing } from './drawing.ts'

type ToolsProps = {
  drawing: Drawing
  locked: boolean
  /** Whether the person closes streets. */
  closes: boolean
}

/** What hands do on the map, for those who use no pointer too. */
export function MapTools({ drawing, locked, closes }: ToolsProps) {
  return (
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
      {closes && window.location.pathname === '/' && (
        <button
          type="button"
          aria-label="Closed streets"
          title="Closed streets"
          onClick={() => openSide({ is: 'closures' })}
        >
          <ClosedMark />
        </button>
      )}
      {window.location.pathname !== '/map' && (
        <a href="/map" target="toneout-map" aria-label="Map in its own window" title="In its own window">
          <WindowMark />
        </a>
      )}
    </fieldset>
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

function ClosedMark() {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="8" />
      <path d="M7.5 12h9" />
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
