import type { Station, StationCreation } from '@toneout/contract/model/station.ts'
import { ask } from '../access/ask.ts'
import { changeQuery } from '../frame/address.ts'
import { SidePanel } from '../frame/side-panel.tsx'
import { KeptForm, numberOf, textOf } from './kept-form.tsx'
import type { SideProps } from './kept-page.tsx'
import { PlaceFields, placeLabels } from './place-fields.tsx'
import { useChange } from './use-kept.ts'

const readStation = (given: FormData): StationCreation => ({
  name: textOf(given, 'name'),
  address: textOf(given, 'address'),
  latitude: numberOf(given, 'latitude'),
  longitude: numberOf(given, 'longitude'),
})

export function NewStation({ onClose }: Pick<SideProps, 'onClose'>) {
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

export function EditStation({ station }: { station: Station }) {
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
