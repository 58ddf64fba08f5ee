import {
  type Diversion,
  diversions,
  type EmergencyLoad,
  emergencyLoads,
  type Hospital,
  type HospitalChange,
  specialties,
} from '@toneout/contract/model/hospital.ts'
import { ask } from '../access/ask.ts'
import { changeQuery } from '../frame/address.ts'
import { SidePanel } from '../frame/side-panel.tsx'
import { InputField, SelectField } from '../ui/field.tsx'
import { plain } from '../ui/words.ts'
import { KeptForm, numberOf, textOf } from './kept-form.tsx'
import { PlaceFields, placeLabels } from './place-fields.tsx'
import { useChange } from './use-kept.ts'

const capacityLabels = {
  total_beds: 'Beds',
  available_beds: 'Free beds',
  emergency_capacity: 'Load',
  diversion: 'Diversion',
  diversion_reason: 'Reason',
}

const loads = emergencyLoads.map((value) => ({ value, words: plain(value) }))
const diversionWords: Record<Diversion, string> = {
  OPEN: 'Takes patients',
  ADVISORY: 'Advisory: others first',
  CLOSED: 'Closed to ambulances',
}
const diversionOptions = diversions.map((value) => ({ value, words: diversionWords[value] }))

/** How much the hospital can take now: what desks and the hospital itself may change. */
export function Capacity({ hospital }: { hospital: Hospital }) {
  const change = useChange((body: HospitalChange) =>
    ask('patchHospital', { params: { id: hospital.id }, body }),
  )
  const send = (given: FormData) =>
    change.mutate({
      total_beds: numberOf(given, 'total_beds'),
      available_beds: numberOf(given, 'available_beds'),
      emergency_capacity: textOf(given, 'emergency_capacity') as EmergencyLoad,
      diversion: textOf(given, 'diversion') as Diversion,
      diversion_reason: textOf(given, 'diversion_reason'),
    })
  return (
    <KeptForm
      title="What it can take now"
      labels={capacityLabels}
      change={change}
      button={`Set what ${hospital.name} can take`}
      done="Set."
      onSend={send}
    >
      {(faults) => (
        <>
          <div className="field-pair">
            {(['available_beds', 'total_beds'] as const).map((name) => (
              <InputField
                key={name}
                label={capacityLabels[name]}
                name={name}
                inputMode="numeric"
                defaultValue={String(hospital[name])}
                fault={faults[name]}
              />
            ))}
          </div>
          <div className="field-pair">
            <SelectField
              label={capacityLabels.emergency_capacity}
              name="emergency_capacity"
              options={loads}
              defaultValue={hospital.emergency_capacity}
              fault={faults.emergency_capacity}
            />
            <SelectField
              label={capacityLabels.diversion}
              name="diversion"
              options={diversionOptions}
              defaultValue={hospital.diversion}
              fault={faults.diversion}
            />
          </div>
          <InputField
            label={capacityLabels.diversion_reason}
            name="diversion_reason"
            maxLength={200}
            defaultValue={hospital.diversion_reason}
            fault={faults.diversion_reason}
          />
        </>
      )}
    </KeptForm>
  )
}

const labels = { ...placeLabels, phone: 'Telephone', specialties: 'Specialties' }

const readHospital = (given: FormData) => ({
  name: textOf(given, 'name'),
  address: textOf(given, 'address'),
  phone: textOf(given, 'phone'),
  latitude: numberOf(given, 'latitude'),
  longitude: numberOf(given, 'longitude'),
  specialties: specialties.filter((one) => given.getAll('specialties').includes(one)),
})
type Identity = ReturnType<typeof readHospital>

type FieldsProps = { hospital?: Hospital; faults: Partial<Record<keyof typeof labels, string>> }

function HospitalFields({ hospital, faults }: FieldsProps) {
  return (
    <>
      <PlaceFields place={hospital} faults={faults} />
      <InputField
        label={labels.phone}
        name="phone"
        maxLength={100}
        defaultValue={hospital?.phone ?? ''}
        fault={faults.phone}
      />
      <fieldset className="kept-checks">
        <legend>{labels.specialties}</legend>
        {specialties.map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              name="specialties"
              value={one}
              defaultChecked={hospital?.specialties.includes(one)}
            />
            {one === 'PCI' ? one : plain(one)}
          </label>
        ))}
      </fieldset>
    </>
  )
}

export function NewHospital({ onClose }: { onClose: () => void }) {
  const add = useChange(
    (body: Identity) => ask('createHospital', { body }),
    ({ id }) => changeQuery({ id: String(id) }, 'replace'),
  )
  return (
    <SidePanel title="New hospital" onClose={onClose}>
      <KeptForm
        title="New hospital"
        labels={labels}
        change={add}
        button="Add the hospital"
        onSend={(given) => add.mutate(readHospital(given))}
      >
        {(faults) => <HospitalFields faults={faults} />}
      </KeptForm>
    </SidePanel>
  )
}

export function EditHospital({ hospital }: { hospital: Hospital }) {
  const change = useChange((body: Identity) => ask('patchHospital', { params: { id: hospital.id }, body }))
  return (
    <KeptForm
      title="What it is"
      labels={labels}
      change={change}
      button={`Change ${hospital.name}`}
      done="Changed."
      onSend={(given) => change.mutate(readHospital(given))}
    >
      {(faults) => <HospitalFields hospital={hospital} faults={faults} />}
    </KeptForm>
  )
}
