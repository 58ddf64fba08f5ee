import { useMemo } from 'react'
import { focusDetail, openIncident } from '../calls/select.ts'
import { useRoving } from '../calls/use-roving.ts'
import { useView } from '../calls/view-store.ts'
import type { UnitGroup } from '../live/fleet.ts'
import { useCentre } from '../live/use-live.ts'
import { plain } from '../ui/words.ts'
import { withoutShared } from './station-names.ts'
import { UnitRow } from './unit-row.tsx'
import { useStations } from './use-units.ts'

const columns = [
  ['unit', 'Unit'],
  ['kind', 'Type'],
  ['place', 'Where'],
  ['age', 'Position'],
] as const

/** One list of all units, by status; Enter opens the incident that a unit is on. */
export function UnitTable({ groups }: { groups: readonly UnitGroup[] }) {
  const { incident } = useView()
  const { incidents, units } = useCentre()
  const stations = useStations()
  const keys = useMemo(() => groups.flatMap((group) => group.units.map(({ id }) => String(id))), [groups])
  const roving = useRoving({
    name: 'units',
    keys,
    selected: null,
    reveal: (index) => {
      roving.list.current?.querySelectorAll('[data-key]')[index]?.scrollIntoView({ block: 'nearest' })
    },
    open: (key) => {
      const bound = units.get(Number(key))?.row.incident_id ?? null
      if (bound === null) return
      openIncident(bound)
      focusDetail()
    },
  })
  const stop = keys[roving.index]
  const stationOf = (unit: UnitGroup['units'][number]) =>
    unit.station_id === null ? null : (stations.get(unit.station_id) ?? null)
  const shortOf = useMemo(() => {
    const at = groups.flatMap((group) => group.units.map((unit) => unit.station_id))
    return withoutShared(at.flatMap((id) => (id === null ? [] : (stations.get(id) ?? []))))
  }, [groups, stations])
  const numberOf = (id: number | null) =>
    id === null ? null : (incidents.get(id)?.row.incident_number ?? `Incident ${id}`)
  return (
    <div ref={roving.list} className="scroll table-scroll">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is still a table
        role="grid"
        aria-labelledby="units-title"
        data-keys="units"
        onFocus={roving.onFocus}
        onBlur={roving.onBlur}
      >
        <thead>
          <tr>
            {columns.map(([name, words]) => (
              <th key={name} scope="col" className={`c-${name}`}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.flatMap(({ status, units: rows }) => [
            <tr key={status} className="group">
              <th scope="rowgroup" colSpan={columns.length}>
                {plain(status)} <span className="count">{rows.length}</span>
              </th>
            </tr>,
            ...rows.map((unit) => (
              <UnitRow
                key={unit.id}
                unit={unit}
                incidentNumber={numberOf(unit.incident_id)}
                station={stationOf(unit)}
                shortStation={shortOf.get(stationOf(unit) ?? '') ?? null}
                stop={String(unit.id) === stop}
                onIncident={incident !== null && unit.incident_id === incident}
              />
            )),
          ])}
        </tbody>
      </table>
    </div>
  )
}
