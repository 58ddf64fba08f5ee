import { closeSide } from '../frame/console-side.tsx'
import { SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { useCentre, useLive } from '../live/use-live.ts'
import { clockTime, dash, duration } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { ClearDuress } from './clear-duress.tsx'
import { Messages } from './crew-messages.tsx'
import { UnitActs } from './unit-acts.tsx'
import { useStations } from './use-units.ts'

/** One unit: what it is, what it does, its statuses, and what was written to its crew. */
export function UnitPanel({ id }: { id: number }) {
  const { units, incidents } = useCentre()
  const stations = useStations()
  const live = useLive()
  const unit = units.get(id)?.row
  if (!unit) return null
  const on = unit.incident_id === null ? dash : (incidents.get(unit.incident_id)?.row.incident_number ?? dash)
  const seen = live.whereabouts.at(id)
  const age = seen && duration((live.serverTime(Date.now()) - Date.parse(seen)) / 1000)
  const station = (at: number | null) => (at === null ? dash : (stations.get(at) ?? dash))
  const facts = [
    ['Status', plain(unit.status)],
    ...(unit.duress_at === null ? [] : [['Duress', `Since ${clockTime(unit.duress_at)}`] as const]),
    ['Type', plain(unit.unit_type)],
    ['Incident', on],
    ['Station', station(unit.station_id)],
    ...(unit.moved_to_station_id === null
      ? []
      : [['Moved up to', station(unit.moved_to_station_id)] as const]),
    ['Position', age ? `${age} old` : 'None'],
    ['Can do', unit.capabilities.join(', ') || dash],
  ] as const
  return (
    <SidePanel title={`Unit ${unit.unit_number}`} onClose={closeSide}>
      <SideFacts label={`Facts of ${unit.unit_number}`} facts={facts} />
      {unit.duress_at !== null && <ClearDuress unit={unit} />}
      <UnitActs unit={unit} />
      <Messages unit={unit} />
    </SidePanel>
  )
}
