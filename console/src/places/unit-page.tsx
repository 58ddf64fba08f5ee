import type { Me } from '@toneout/contract/model/person.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { ExportMenu } from '../lists/export-menu.tsx'
import { stamp } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { type Kept, KeptPage } from './kept-page.tsx'
import { NewUnit } from './unit-form.tsx'
import { UnitSide } from './unit-side.tsx'
import { type KeptFilter, useStationChoices, useUnitList } from './use-kept.ts'

function StationName({ id }: { id: number | null }) {
  const stations = useStationChoices().data
  return stations?.find((one) => one.id === id)?.name ?? '–'
}

function UnitExport({ person, filter }: { person: Me; filter: KeptFilter }) {
  const query = { retired: String(filter.retired), ...(filter.search && { search: filter.search }) }
  return <ExportMenu person={person} what="units" query={query} name="Export" />
}

const units: Kept<Unit> = {
  name: 'Units',
  one: 'unit',
  placeholder: 'Number',
  useList: useUnitList,
  label: (row) => row.unit_number,
  columns: [
    { title: 'Type', className: 'kept-type', cell: (row) => plain(row.unit_type) },
    { title: 'Status', className: 'kept-status', cell: (row) => plain(row.status) },
    { title: 'Station', className: 'kept-station spare', cell: (row) => <StationName id={row.station_id} /> },
    {
      title: 'Last position',
      className: 'kept-seen spare',
      cell: (row) => (row.position_at === null ? 'None' : stamp(row.position_at, Date.now())),
    },
  ],
  Tools: UnitExport,
  Side: UnitSide,
  New: NewUnit,
}

/** Every vehicle of the centre. */
export function UnitPage({ person }: { person: Me }) {
  return <KeptPage person={person} kept={units} />
}
