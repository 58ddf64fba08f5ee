import type { Me } from '@toneout/contract/model/person.ts'
import type { Station } from '@toneout/contract/model/station.ts'
import { ask } from '../access/ask.ts'
import { SideFacts } from '../frame/side-panel.tsx'
import { dash, position } from '../ui/format.ts'
import { type Kept, KeptPage, mayKeep, type SideProps } from './kept-page.tsx'
import { KeptSide } from './kept-side.tsx'
import { Retire } from './retire.tsx'
import { EditStation, NewStation } from './station-form.tsx'
import { useChange, useKeptStation, useStationList } from './use-kept.ts'

function StationSide({ id, person, onClose }: SideProps) {
  const read = useKeptStation(id)
  const retire = useChange((out: boolean) =>
    ask(out ? 'retireStation' : 'restoreStation', { params: { id } }),
  )
  return (
    <KeptSide what="station" title={read.data?.name} read={read} onClose={onClose}>
      {(station) => (
        <>
          <SideFacts
            label={`Facts of ${station.name}`}
            facts={[
              ['Address', station.address || dash],
              ['Position', position(station.latitude, station.longitude) ?? dash],
              ['Units', String(station.units)],
            ]}
          />
          {mayKeep(person) && station.retired_at === null && <EditStation station={station} />}
          {mayKeep(person) && (
            <Retire name={station.name} retired={station.retired_at !== null} change={retire} />
          )}
        </>
      )}
    </KeptSide>
  )
}

const stations: Kept<Station> = {
  name: 'Stations',
  one: 'station',
  placeholder: 'Name',
  useList: useStationList,
  label: (row) => row.name,
  columns: [
    { title: 'Address', className: 'kept-address spare', cell: (row) => row.address || dash },
    { title: 'Units', className: 'kept-units', cell: (row) => row.units },
  ],
  Side: StationSide,
  New: NewStation,
}

/** Where units wait. */
export function StationPage({ person }: { person: Me }) {
  return <KeptPage person={person} kept={stations} />
}
