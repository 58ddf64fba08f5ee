import { type Unit, type UnitCreation, unitTypes } from '@toneout/contract/model/unit.ts'
import { ask } from '../access/ask.ts'
import { changeQuery } from '../frame/address.ts'
import { SidePanel } from '../frame/side-panel.tsx'
import { InputField, SelectField } from '../ui/field.tsx'
import { plain } from '../ui/words.ts'
import { KeptForm, listOf, numberOf, textOf } from './kept-form.tsx'
import { useChange, useStationChoices } from './use-kept.ts'

const labels = {
  unit_number: 'Number',
  unit_type: 'Type',
  station_id: 'Station',
  max_patients: 'Patients it can carry',
  capabilities: 'What its crew can do',
  equipment: 'Equipment',
}

const typeOptions = unitTypes.map((value) => ({ value, words: plain(value) }))

function readUnit(given: FormData): Omit<UnitCreation, 'duty'> {
  const station = textOf(given, 'station_id')
  return {
    unit_number: textOf(given, 'unit_number'),
    unit_type: textOf(given, 'unit_type') as Unit['unit_type'],
    station_id: station === '' ? null : Number(station),
    max_patients: numberOf(given, 'max_patients'),
    capabilities: listOf(given, 'capabilities'),
    equipment: listOf(given, 'equipment'),
  }
}

type FieldsProps = { unit?: Unit; faults: Partial<Record<keyof typeof labels, string>> }

function UnitFields({ unit, faults }: FieldsProps) {
  const stations = useStationChoices()
  const options = [
    { value: '', words: stations.isError ? 'Stations could not be loaded' : 'None' },
    ...(stations.data ?? []).map(({ id, name }) => ({ value: String(id), words: name })),
  ]
  const text = (name: 'unit_number' | 'capabilities' | 'equipment', value: string, hint?: string) => (
    <InputField label={labels[name]} name={name} defaultValue={value} hint={hint} fault={faults[name]} />
  )
  return (
    <>
      <div className="field-pair">
        {text('unit_number', unit?.unit_number ?? '')}
        <SelectField
          label={labels.unit_type}
          name="unit_type"
          options={typeOptions}
          defaultValue={unit?.unit_type ?? 'BASIC'}
          fault={faults.unit_type}
        />
      </div>
      <div className="field-pair">
        <SelectField
          // What is chosen at first is there only once the stations are.
          key={options.length}
          label={labels.station_id}
          name="station_id"
          options={options}
          defaultValue={String(unit?.station_id ?? '')}
          fault={faults.station_id}
        />
        <InputField
          label={labels.max_patients}
          name="max_patients"
          inputMode="numeric"
          defaultValue={String(unit?.max_patients ?? 1)}
          fault={faults.max_patients}
        />
      </div>
      {text('capabilities', unit?.capabilities.join(', ') ?? '', 'With commas between them.')}
      {text('equipment', unit?.equipment.join(', ') ?? '')}
    </>
  )
}

export function NewUnit({ onClose }: { onClose: () => void }) {
  const add = useChange(
    (body: Omit<UnitCreation, 'duty'>) => ask('createUnit', { body }),
    (unit) => changeQuery({ id: String(unit.id) }, 'replace'),
  )
  return (
    <SidePanel title="New unit" onClose={onClose}>
      <KeptForm
        title="New unit"
        labels={labels}
        change={add}
        button="Add the unit"
        onSend={(given) => add.mutate(readUnit(given))}
      >
        {(faults) => <UnitFields faults={faults} />}
      </KeptForm>
    </SidePanel>
  )
}

export function EditUnit({ unit }: { unit: Unit }) {
  const change = useChange((body: Omit<UnitCreation, 'duty'>) =>
    ask('patchUnit', { params: { id: unit.id }, body }),
  )
  return (
    <KeptForm
      title="What it is"
      labels={labels}
      change={change}
      button={`Change ${unit.unit_number}`}
      done="Changed."
      onSend={(given) => change.mutate(readUnit(given))}
    >
      {(faults) => <UnitFields unit={unit} faults={faults} />}
    </KeptForm>
  )
}
