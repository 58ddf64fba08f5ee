import { useMemo, useState } from 'react'
import { AsOf } from '../calls/as-of.tsx'
import { useCentre } from '../live/use-live.ts'
import { amount, clockTime, dash } from '../ui/format.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { IncidentTable } from './incident-table.tsx'
import { inQueue, type QueueFilter, queueFilters } from './queue.ts'
import { useOpenIncidents } from './use-incidents.ts'

const filterNames: Record<QueueFilter, string> = { all: 'All', waiting: 'Waiting', first: 'Priority 1' }

export function IncidentsPanel() {
  const { query, incidents } = useOpenIncidents()
  const [filter, setFilter] = useState<QueueFilter>('all')
  const queue = useMemo(() => inQueue(incidents, filter), [incidents, filter])
  const known = query.data !== undefined
  const count = queue.waiting.length + queue.assigned.length
  return (
    <section className="panel incidents" aria-labelledby="incidents-title">
      <header className="panel-head">
        <h2 id="incidents-title">Incidents</h2>
        <span className="count">{known ? amount(incidents.length, query.data) : dash}</span>
        <AsOf />
        <fieldset className="segments" aria-label="Incidents to list">
          {queueFilters.map((each) => (
            <button key={each} type="button" aria-pressed={each === filter} onClick={() => setFilter(each)}>
              {filterNames[each]}
            </button>
          ))}
        </fieldset>
      </header>
      {query.isError && <Failed what="Open incidents" read={query} />}
      {!known && !query.isError && <Skeleton rows={6} what="open incidents" />}
      {known && count === 0 && <NoIncident filter={filter} />}
      {(known || query.isError) && count > 0 && <IncidentTable queue={queue} />}
      {query.data === false && <p className="table-end">More are open than can be listed here.</p>}
    </section>
  )
}

function NoIncident({ filter }: { filter: QueueFilter }) {
  const { assignments } = useCentre()
  const last = [...assignments.values()]
    .map(({ row }) => row.assigned_at)
    .sort()
    .at(-1)
  if (filter === 'first') return <Empty>No incident of priority 1 is open.</Empty>
  return (
    <Empty>
      {filter === 'waiting' ? 'No incident is waiting.' : 'No incident is open.'}
      {last ? ` Last dispatch ${clockTime(last)}.` : ''} A call raises one as soon as its type and its place
      are known; NEW in the line raises one by hand.
    </Empty>
  )
}
