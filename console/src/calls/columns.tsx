import type { Me } from '@toneout/contract/model/person.ts'
import { ConsoleSide } from '../frame/console-side.tsx'
import { SelectedIncident } from '../incidents/incident-panel.tsx'
import { IncidentsPanel } from '../incidents/incidents-panel.tsx'
import { MapPanel } from '../map/map-panel.tsx'
import { Empty, PanelBoundary } from '../ui/panel-states.tsx'
import { UnitsPanel } from '../units/units-panel.tsx'
import { BoardTabs, FieldTabs } from './board-tabs.tsx'
import { CallSummary } from './call-summary.tsx'
import { IncomingPanel } from './incoming-panel.tsx'
import { TalkPanel } from './talk-panel.tsx'
import { useSelection } from './use-selection.ts'
import { useView } from './view-store.ts'

/** Calls, incidents, and the field beside each other; a fault in one panel leaves the others standing. */
export function Columns({ person }: { person: Me }) {
  const { field } = useView()
  return (
    <>
      <BoardTabs />
      <div className="columns" data-field={field}>
        <div className="column">
          <PanelBoundary what="Incoming calls">
            <IncomingPanel />
          </PanelBoundary>
          <PanelBoundary what="The transcript">
            <TalkPanel person={person} />
          </PanelBoundary>
        </div>
        <div className="column">
          <PanelBoundary what="Open incidents">
            <IncidentsPanel />
          </PanelBoundary>
          <PanelBoundary what="What is selected">
            <DetailPanel person={person} />
          </PanelBoundary>
        </div>
        <div className="column field">
          <FieldTabs />
          <PanelBoundary what="The map">
            <MapPanel person={person} />
          </PanelBoundary>
          <PanelBoundary what="Units">
            <UnitsPanel />
          </PanelBoundary>
          <ConsoleSide />
        </div>
      </div>
    </>
  )
}

function DetailPanel({ person }: { person: Me }) {
  const { call, incident } = useSelection()
  return (
    <section className="panel detail" aria-label={incident === null ? 'Selected call' : 'Selected incident'}>
      {incident !== null && <SelectedIncident key={incident} id={incident} person={person} />}
      {incident === null && call !== null && <CallSummary key={call} sid={call} person={person} />}
      {incident === null && call === null && (
        <Empty>
          Nothing is selected. F2 selects the next incident that waits for a unit, the arrows the one above or
          below, Alt and an arrow the next call.
        </Empty>
      )}
    </section>
  )
}
