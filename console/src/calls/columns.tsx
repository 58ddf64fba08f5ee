import { PanelBoundary } from '../ui/panel-states.tsx'
import { AllCallsPanel } from './all-calls-panel.tsx'
import { CallPanel } from './call-panel.tsx'
import { IncomingPanel } from './incoming-panel.tsx'
import { useView } from './view-store.ts'

/** Three panels side by side; a fault in one leaves the others standing. */
export function Columns() {
  const { call } = useView()
  return (
    <div className="columns">
      <PanelBoundary what="Incoming calls">
        <IncomingPanel />
      </PanelBoundary>
      <PanelBoundary what="All calls">
        <AllCallsPanel />
      </PanelBoundary>
      <PanelBoundary what="The selected call">
        <CallPanel sid={call} />
      </PanelBoundary>
    </div>
  )
}
