import { AsOf } from '../calls/as-of.tsx'
import { waitsForUnit } from '../live/centre.ts'
import { amount, dash } from '../ui/format.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { IncidentTable } from './incident-table.tsx'
import { useOpenIncidents } from './use-incidents.ts'

export function IncidentsPanel() {
  const { query, incidents } = useOpenIncidents()
  const known = query.data !== undefined
  const waiting = incidents.filter(waitsForUnit).length
  return (
    <section className="panel incidents" aria-labelledby="incidents-title">
      <header className="panel-head">
        <h2 id="incidents-title">Open incidents</h2>
        <span className="count">{known ? amount(incidents.length, query.data) : dash}</span>
        <AsOf />
        {known && waiting > 0 && <span className="waiting">{amount(waiting)} waiting for a unit</span>}
      </header>
      {query.isError && (
        <Failed
          what="Open incidents"
          error={query.error}
          since={query.errorUpdatedAt}
          retry={() => void query.refetch()}
          busy={query.isFetching}
        />
      )}
      {!known && !query.isError && <Skeleton rows={6} what="open incidents" />}
      {known && incidents.length === 0 && (
        <Empty>
          No incident is open. A call raises one as soon as its type and its place are known; for police and
          other calls a person does.
        </Empty>
      )}
      {(known || query.isError) && incidents.length > 0 && <IncidentTable incidents={incidents} />}
      {query.data === false && <p className="table-end">More are open than can be listed here.</p>}
    </section>
  )
}
