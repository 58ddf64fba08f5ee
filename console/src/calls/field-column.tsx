import type { Me } from '@toneout/contract/model/person.ts'
import { ConsoleSide } from '../frame/console-side.tsx'
import { MapPanel } from '../map/map-panel.tsx'
import { PanelBoundary } from '../ui/panel-states.tsx'
import { UnitsPanel } from '../units/units-panel.tsx'
import { FieldTabs } from './board-tabs.tsx'

/** Map and units, and over them what was asked for. */
export function FieldColumn({ person }: { person: Me }) {
  return (
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
  )
}
