import { AsOf } from '../calls/as-of.tsx'
import { amount, dash } from '../ui/format.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { UnitTable } from './unit-table.tsx'
import { useUnits } from './use-units.ts'

export function UnitsPanel() {
  const { query, groups } = useUnits()
  const known = query.data !== undefined
  const count = groups.reduce((sum, group) => sum + group.units.length, 0)
  return (
    <section className="panel units" aria-labelledby="units-title">
      <header className="panel-head">
        <h2 id="units-title">Units</h2>
        <span className="count">{known ? amount(count, query.data) : dash}</span>
        <AsOf />
      </header>
      {query.isError && (
        <Failed
          what="Units"
          error={query.error}
          since={query.errorUpdatedAt}
          retry={() => void query.refetch()}
          busy={query.isFetching}
        />
      )}
      {!known && !query.isError && <Skeleton rows={6} what="units" />}
      {known && count === 0 && <Empty>No unit is in use. Supervisors and admins add units.</Empty>}
      {(known || query.isError) && count > 0 && <UnitTable groups={groups} />}
    </section>
  )
}
