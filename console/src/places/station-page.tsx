import type { Me } from '@toneout/contract/model/person.ts'
import type { Station, StationCreation } from '@toneout/contract/model/station.ts'
import { ask } from '../access/ask.ts'
import { changeQuery } from '../frame/address.ts'
import { SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { dash, position } from '../ui/format.ts'
import { KeptForm, numberOf, textOf } from './kept-form.tsx'
import { type Kept, KeptPage, mayKeep, type SideProps } from './kept-page.tsx'
import { KeptSide } from './kept-side.tsx'
import { PlaceFields, placeLabels } from './place-fields.tsx'
import { Retire } from './retire.tsx'
import { useChange, useKeptStation, useStationList } from './use-kept.ts'

const readStation = (given: FormData): StationCreation => ({
  name: textOf(given, 'name'),
  address: textOf(given, 'address'),
  latitude: numberOf(given, 'latitude'),
  longitude: numberOf(given, 'longitude'),
})

function NewStation({ onClose }: Pick<SideProps, 'onClose'>) {
  const add = useChange(
    (body: StationCreation) => ask('createStation', { body }),
    ({ id }) => changeQuery({ id: String(id) }, 'replace'),
  )
  return (
    <SidePanel title="New station" onClose={onClose}>
      <KeptForm
        title="New station"
        labels={placeLabels}
        change={add}
        button="Add the station"
        onSend={(given) => add.mutate(readStation(given))}
      >
        {(faults) => <PlaceFields faults={faults} />}
      </KeptForm>
    </SidePanel>
  )
}

function EditStation({ station }: { station: Station }) {
  const change = useChange((body: StationCreation) =>
    ask('patchStation', { params: { id: station.id }, body }),
  )
  return (
    <KeptForm
      title="What it is"
      labels={placeLabels}
      change={change}
      button={`Change ${station.name}`}
      done="Changed."
      onSend={(given) => change.mutate(readStation(given))}
    >
      {(faults) => <PlaceFields place={station} faults={faults} />}
    </KeptForm>
  )
}

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
    { name: 'address', title: 'Address', spare: true, cell: (row) => row.address || dash },
    { name: 'units', title: 'Units', cell: (row) => row.units },
  ],
  Side: StationSide,
  New: NewStation,
}

/** Where units wait. */
export function StationPage({ person }: { person: Me }) {
  return <KeptPage person={person} kept={stations} />
}
