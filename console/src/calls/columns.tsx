import type { Me } from '@toneout/contract/model/person.ts'
import { SelectedIncident } from '../incidents/incident-panel.tsx'
import { IncidentsPanel } from '../incidents/incidents-panel.tsx'
import { Empty, PanelBoundary } from '../ui/panel-states.tsx'
import { UnitsPanel } from '../units/units-panel.tsx'
import { AllCallsPanel } from './all-calls-panel.tsx'
import { BoardTabs } from './board-tabs.tsx'
import { SelectedCall } from './call-panel.tsx'
import { IncomingPanel } from './incoming-panel.tsx'
import { useView } from './view-store.ts'

/** The boards and beside them what is selected; a fault in one panel leaves the others standing. */
export function Columns({ person }: { person: Me }) {
  return (
    <>
      <BoardTabs />
      <div className="columns">
        <PanelBoundary what="Incoming calls">
          <IncomingPanel />
        </PanelBoundary>
        <PanelBoundary what="Open incidents">
          <IncidentsPanel />
        </PanelBoundary>
        <PanelBoundary what="All calls">
          <AllCallsPanel />
        </PanelBoundary>
        <PanelBoundary what="Units">
          <UnitsPanel />
        </PanelBoundary>
        <PanelBoundary what="What is selected">
          <DetailPanel person={person} />
        </PanelBoundary>
      </div>
    </>
  )
}

function DetailPanel({ person }: { person: Me }) {
  const { call, incident } = useView()
  return (
    <section className="panel detail" aria-label={incident === null ? 'Selected call' : 'Selected incident'}>
      {incident !== null && <SelectedIncident key={incident} id={incident} person={person} />}
      {incident === null && call !== null && <SelectedCall key={call} sid={call} person={person} />}
      {incident === null && call === null && (
        <Empty>
          Nothing is selected. Choose an incident or a call from a list. F2 selects the next incident that
          waits for a unit, Alt and the down arrow the newest call.
        </Empty>
      )}
    </section>
  )
}
