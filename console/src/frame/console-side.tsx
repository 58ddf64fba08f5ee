import { lazy, Suspense } from 'react'
import { focusLine } from '../ui/keyboard.ts'
import { PanelBoundary } from '../ui/panel-states.tsx'
import { openSide, type Side, useSide } from './side-store.ts'

// Nobody waits for these: they are asked for when they are needed.
const Help = lazy(async () => ({ default: (await import('../line/help-panel.tsx')).HelpPanel }))
const Raise = lazy(async () => ({ default: (await import('../incidents/raise-panel.tsx')).RaisePanel }))
const Edit = lazy(async () => ({ default: (await import('../incidents/edit-panel.tsx')).EditPanel }))
const End = lazy(async () => ({ default: (await import('../incidents/end-panel.tsx')).EndPanel }))
const Correct = lazy(async () => ({ default: (await import('../incidents/correct-panel.tsx')).CorrectPanel }))
const Closures = lazy(async () => ({ default: (await import('../places/closures-panel.tsx')).ClosuresPanel }))
const Unit = lazy(async () => ({ default: (await import('../units/unit-panel.tsx')).UnitPanel }))

export function closeSide() {
  openSide(null)
  focusLine()
}

/** What was asked for stands in the last column, over map and units, until it is closed. */
export function ConsoleSide() {
  const side = useSide()
  if (!side) return null
  return (
    <div className="console-side">
      <PanelBoundary key={side.is} what="This panel">
        <Suspense fallback={<section className="panel" aria-busy="true" aria-label="Loading" />}>
          {shown(side)}
        </Suspense>
      </PanelBoundary>
    </div>
  )
}

function shown(side: Side) {
  switch (side.is) {
    case 'help':
      return <Help />
    case 'raise':
      return <Raise type={side.type} />
    case 'edit':
      return <Edit key={side.id} id={side.id} />
    case 'end':
      return <End key={side.id} id={side.id} />
    case 'closures':
      return <Closures />
    case 'correct':
      return <Correct key={side.id} id={side.id} />
    case 'unit':
      return <Unit key={side.id} id={side.id} />
  }
}
