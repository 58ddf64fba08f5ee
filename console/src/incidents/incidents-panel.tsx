import { AsOf } from '../calls/as-of.tsx'
import { stepWaiting } from '../calls/step-selection.ts'
import { useLive } from '../live/use-live.ts'
import { amount, dash } from '../ui/format.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { IncidentTable } from './incident-table.tsx'
import { useOpenIncidents } from './use-incidents.ts'

export function IncidentsPanel() {
  const { query, incidents, waiting } = useOpenIncidents()
  const live = useLive()
  const known = query.data !== undefined
  return (
    <section className="panel incidents" aria-labelledby="incidents-title">
      <header className="panel-head">
        <h2 id="incidents-title">Open incidents</h2>
        <span className="count">{known ? amount(incidents.length, query.data) : dash}</span>
        <AsOf />
        {known && waiting > 0 && (
          <button
            type="button"
            className="link waiting"
            title="Select the next one, the gravest first (F2)"
            onClick={() => stepWaiting(live.centre)}
          >
            {amount(waiting)} waiting for a unit
          </button>
        )}
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
