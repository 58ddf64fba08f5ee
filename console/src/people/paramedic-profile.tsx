import type { Paramedic } from '@toneout/contract/model/paramedic.ts'
import type { Person } from '@toneout/contract/model/people.ts'
import { ask } from '../access/ask.ts'
import { KeptForm, listOf, textOf } from '../places/kept-form.tsx'
import { InputField, SelectField } from '../ui/field.tsx'
import { Failed } from '../ui/panel-states.tsx'
import { ProfileFields, profileLabels, readProfile } from './profile-fields.tsx'
import { useProfile, useProfileChange, useUnitChoices } from './use-profile.ts'

const labels = {
  ...profileLabels,
  license_number: 'Licence number',
  license_expiry: 'Licence valid until',
  unit_id: 'Unit',
  available: 'To be sent',
  specialties: 'Specialties',
}
const yesAndNo = [
  { value: 'true', words: 'Yes' },
  { value: 'false', words: 'No' },
]

const readParamedic = (given: FormData) => ({
  ...readProfile(given),
  license_number: textOf(given, 'license_number'),
  license_expiry: textOf(given, 'license_expiry') || null,
  unit_id: Number(textOf(given, 'unit_id')) || null,
  available: textOf(given, 'available') === 'true',
  specialties: listOf(given, 'specialties'),
})

/** Who a paramedic is, with the licence and the unit whose crew they are in. */
export function ParamedicProfile({ person: { id, username } }: { person: Person }) {
  const read = useProfile('paramedic', id, (query, signal) => ask('listParamedics', { query }, signal))
  const save = useProfileChange((given: FormData) => {
    const body = readParamedic(given)
    return read.data
      ? ask('patchParamedic', { params: { id }, body })
      : ask('addParamedic', { body: { ...body, person_id: id } })
  })
  if (read.isError) return <Failed what="The profile" read={read} />
  const profile = read.data
  if (profile === undefined) return null
  return (
    <KeptForm
      title="Profile"
      labels={labels}
      change={save}
      button={`Save the profile of ${username}`}
      done="Saved."
      onSend={save.mutate}
    >
      {(faults) => (
        <>
          <ProfileFields profile={profile} faults={faults} />
          <OfParamedic profile={profile} faults={faults} />
        </>
      )}
    </KeptForm>
  )
}

type OfProps = { profile: Paramedic | null; faults: Partial<Record<keyof typeof labels, string>> }

function OfParamedic({ profile, faults }: OfProps) {
  const units = useUnitChoices()
  const options = [
    { value: '', words: units.isError ? 'Units could not be loaded' : 'None' },
    ...(units.data ?? []).map((unit) => ({ value: String(unit.id), words: unit.unit_number })),
  ]
  return (
    <>
      <div className="field-pair">
        <InputField
          label={labels.license_number}
          name="license_number"
          maxLength={100}
          defaultValue={profile?.license_number ?? ''}
          fault={faults.license_number}
        />
        <InputField
          label={labels.license_expiry}
          name="license_expiry"
          type="date"
          defaultValue={profile?.license_expiry ?? ''}
          hint={profile && !profile.licence_valid && <b className="warning">Not valid today.</b>}
          fault={faults.license_expiry}
        />
      </div>
      <div className="field-pair">
        <SelectField
          // What is chosen at first is there only once the units are.
          key={options.length}
          label={labels.unit_id}
          name="unit_id"
          options={options}
          defaultValue={String(profile?.unit_id ?? '')}
          fault={faults.unit_id}
        />
        <SelectField
          label={labels.available}
          name="available"
          options={yesAndNo}
          defaultValue={String(profile?.available ?? true)}
          fault={faults.available}
        />
      </div>
      <InputField
        label={labels.specialties}
        name="specialties"
        defaultValue={profile?.specialties.join(', ') ?? ''}
        fault={faults.specialties}
      />
    </>
  )
}
