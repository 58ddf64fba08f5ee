import { useState } from 'react'
import { AsOf } from '../calls/as-of.tsx'
import type { UnitGroup } from '../live/fleet.ts'
import { amount, dash } from '../ui/format.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { inHalves } from './halves.ts'
import { UnitTable } from './unit-table.tsx'
import { useUnits } from './use-units.ts'

const kinds = ['all', 'ADVANCED', 'BASIC'] as const
type Kind = (typeof kinds)[number]
const kindNames: Record<Kind, string> = { all: 'All', ADVANCED: 'ALS', BASIC: 'BLS' }

const ofKind = (groups: readonly UnitGroup[], kind: Kind) =>
  groups.flatMap(({ status, units }) => {
    const left = kind === 'all' ? units : units.filter((unit) => unit.unit_type === kind)
    return left.length > 0 ? { status, units: left } : []
  })

export function UnitsPanel() {
  const { query, groups: all } = useUnits()
  const [kind, setKind] = useState<Kind>('all')
  const groups = ofKind(all, kind)
  const known = query.data !== undefined
  const count = groups.reduce((sum, group) => sum + group.units.length, 0)
  return (
    <section className="panel units" aria-labelledby="units-title">
      <header className="panel-head">
        <h2 id="units-title">Units</h2>
        <span className="count">{known ? amount(count, query.data) : dash}</span>
        <AsOf />
        <fieldset className="segments" aria-label="Units to list">
          {kinds.map((each) => (
            <button key={each} type="button" aria-pressed={each === kind} onClick={() => setKind(each)}>
              {kindNames[each]}
            </button>
          ))}
        </fieldset>
      </header>
      {query.isError && <Failed what="Units" read={query} />}
      {!known && !query.isError && <Skeleton rows={6} what="units" />}
      {known && count === 0 && (
        <Empty>
          {kind === 'all' ? 'No unit is in use. Supervisors and admins add units.' : 'No unit of this kind.'}
        </Empty>
      )}
      {(known || query.isError) && count > 0 && (
        <div className="scroll unit-lists">
          {inHalves(groups).map((half, at) => (
            <UnitTable
              key={at === 0 ? 'first' : 'second'}
              groups={half}
              name={at === 0 ? 'units' : 'more units'}
            />
          ))}
        </div>
      )}
    </section>
  )
}
