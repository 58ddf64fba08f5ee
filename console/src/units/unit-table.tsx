import { useMemo } from 'react'
import { focusDetail } from '../calls/select.ts'
import { useRoving } from '../calls/use-roving.ts'
import { useDrawnView } from '../calls/view-store.ts'
import { useAtHand } from '../incidents/plan-at-hand.ts'
import { plain } from '../ui/words.ts'
import type { GroupPart } from './halves.ts'
import { openUnit } from './open-unit.ts'
import { UnitRow } from './unit-row.tsx'
import { useWhereabouts } from './use-whereabouts.ts'

const columns = [
  ['unit', 'Unit'],
  ['kind', 'Type'],
  ['place', 'Where'],
  ['age', 'Time in status, age of an old position'],
] as const

/** A list of units by status; Enter opens the incident that a unit is on. */
export function UnitTable({ groups, name }: { groups: readonly GroupPart[]; name: string }) {
  const { incident } = useDrawnView()
  const rows = useMemo(() => groups.flatMap((group) => group.units), [groups])
  const keys = useMemo(() => rows.map(({ id }) => String(id)), [rows])
  const roving = useRoving({
    name,
    keys,
    selected: null,
    reveal: (index) => {
      roving.list.current?.querySelectorAll('[data-key]')[index]?.scrollIntoView({ block: 'nearest' })
    },
    open: (key) => {
      const unit = rows.find((row) => String(row.id) === key)
      if (unit && openUnit(unit)) focusDetail()
    },
  })
  const going = new Set(useAtHand()?.units.map(({ id }) => id))
  const stop = keys[roving.index]
  const whereOf = useWhereabouts(rows)
  return (
    <div ref={roving.list} className="unit-list">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is still a table
        role="grid"
        aria-labelledby="units-title"
        data-keys={name}
        onFocus={roving.onFocus}
        onBlur={roving.onBlur}
      >
        <colgroup>
          {columns.map(([name]) => (
            <col key={name} className={`c-${name}`} />
          ))}
        </colgroup>
        <thead className="unseen">
          <tr>
            {columns.map(([name, words]) => (
              <th key={name} scope="col" className={`c-${name}`}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.flatMap(({ status, units: inStatus, count, isRest }) => [
            <tr key={status} className="group">
              <th scope="rowgroup" colSpan={columns.length}>
                {plain(status)} {isRest ? '(continued)' : <span className="count">{count}</span>}
              </th>
            </tr>,
            ...inStatus.map((unit) => (
              <UnitRow
                key={unit.id}
                unit={unit}
                {...whereOf(unit)}
                stop={String(unit.id) === stop}
                going={going.has(unit.id)}
                onIncident={incident !== null && unit.incident_id === incident}
              />
            )),
          ])}
        </tbody>
      </table>
    </div>
  )
}
