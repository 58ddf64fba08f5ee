import type { Incident } from '@toneout/contract/model/incident.ts'
import { inQueue } from '../incidents/queue.ts'
import { StatusTimer } from '../incidents/status-timer.tsx'
import { inStatusSince } from '../incidents/targets.ts'
import { useCrews, useOpenIncidents, useSent } from '../incidents/use-incidents.ts'
import { waitsForUnit } from '../live/centre.ts'
import { Failed } from '../ui/panel-states.tsx'
import { RankMark } from '../ui/priority-mark.tsx'
import { plain, typeWord } from '../ui/words.ts'

/** More rows than any wall has room for; how many there are is among the figures. */
const mostRows = 40

const columns = [
  ['rank', 'Priority'],
  ['what', 'Incident'],
  ['units', 'Units or status'],
  ['time', 'Time in status'],
] as const

/** Open incidents: those that wait first, by priority and then age, then the others. */
export function WallQueue() {
  const { query, incidents } = useOpenIncidents()
  const { waiting, assigned } = inQueue(incidents)
  const shown = [...waiting, ...assigned].slice(0, mostRows)
  return (
    <section className="panel wall-queue" aria-label="Incidents">
      {query.isError && <Failed what="Incidents" read={query} />}
      {query.data !== undefined && shown.length === 0 && <p className="wall-empty">No incident is open.</p>}
      {shown.length > 0 && (
        <table>
          <caption className="unseen">Open incidents, those that wait for a unit first</caption>
          <thead>
            <tr>
              {columns.map(([name, words]) => (
                <th key={name} scope="col" className={`w-${name}`}>
                  <span className="unseen">{words}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((incident) => (
              <WallRow key={incident.id} incident={incident} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function WallRow({ incident }: { incident: Incident }) {
  const waits = waitsForUnit(incident)
  const crews = useCrews()(incident.id)
  const live = useSent().get(incident.id) ?? []
  const units = crews === '' ? [] : crews.split('\n').map((line) => line.split('\t')[0])
  return (
    <tr data-waits={waits}>
      <td className="w-rank">
        <RankMark rank={incident.priority} words={`Priority ${incident.priority}`} waits={waits} />
      </td>
      <td>
        <b>{typeWord(incident.emergency_type) ?? 'Type not known'}</b>
        <span className="w-place">{incident.location || 'Location not known'}</span>
      </td>
      <td className="w-units">
        {units.length > 0 && <span className="mono">{units.join(' ')}</span>}
        <span>{waits ? 'Waiting' : plain(incident.status)}</span>
      </td>
      <td className="w-time">
        <StatusTimer incident={incident} since={inStatusSince(incident, live)} />
      </td>
    </tr>
  )
}
