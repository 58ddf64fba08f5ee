import type { Me } from '@toneout/contract/model/person.ts'
import { IncidentsPanel } from '../incidents/incidents-panel.tsx'
import { PanelBoundary } from '../ui/panel-states.tsx'
import { BoardTabs } from './board-tabs.tsx'
import { DetailPanel } from './detail-panel.tsx'
import { FieldColumn } from './field-column.tsx'
import { IncomingPanel } from './incoming-panel.tsx'
import { TalkPanel } from './talk-panel.tsx'
import { useViewPart } from './view-store.ts'

/** Calls, incidents, and the field beside each other; a fault in one panel leaves the others standing. */
export function Columns({ person }: { person: Me }) {
  const field = useViewPart('field')
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
        <FieldColumn person={person} />
      </div>
    </>
  )
}
