import { useQuery } from '@tanstack/react-query'
import type { CrewMessage } from '@toneout/contract/model/desk-work.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { ask, reason } from '../access/ask.ts'
import { closeSide } from '../frame/console-side.tsx'
import { SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { useCentre, useLive } from '../live/use-live.ts'
import { useNews } from '../live/use-news.ts'
import { dash, duration, stamp } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { MessageForm } from './message-form.tsx'
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
      <UnitActs unit={unit} />
      <Messages unit={unit} />
    </SidePanel>
  )
}

function Messages({ unit }: { unit: Unit }) {
  const query = useQuery({
    queryKey: ['messages', unit.id],
    queryFn: ({ signal }) => ask('listCrewMessages', { params: { id: unit.id } }, signal),
  })
  useNews(
    (fact) => fact.unit_id === unit.id && fact.type.startsWith('message_'),
    () => void query.refetch(),
  )
  const messages = query.data?.results ?? []
  return (
    <div className="side-part">
      <h3>Messages to the crew</h3>
      <MessageForm unit={unit} />
      {query.isError && <p className="quiet">Messages could not be loaded. {reason(query.error)}</p>}
      {query.data && messages.length === 0 && <p className="quiet">Nothing was written to it yet.</p>}
      <ul className="messages">
        {messages.map((one) => (
          <li key={one.id}>
            <p>{one.text}</p>
            <small>{stateOf(one)}</small>
          </li>
        ))}
      </ul>
    </div>
  )
}

function stateOf({ sent_at, sent_by, read_at, read_by }: CrewMessage): string {
  const now = Date.now()
  const read = read_at === null ? 'not read yet' : `read by ${read_by} ${stamp(read_at, now)}`
  return `${sent_by} ${stamp(sent_at, now)}, ${read}`
}
