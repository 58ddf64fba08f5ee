import { InputField } from '../ui/field.tsx'

export const placeLabels = {
  name: 'Name',
  address: 'Address',
  latitude: 'Latitude',
  longitude: 'Longitude',
}

type Place = { name: string; address: string; latitude: number; longitude: number }
type FieldsProps = { place?: Place; faults: Partial<Record<keyof typeof placeLabels, string>> }

/** What hospitals and stations have alike. */
export function PlaceFields({ place, faults }: FieldsProps) {
  const degrees = (name: 'latitude' | 'longitude') => (
    <InputField
      label={placeLabels[name]}
      name={name}
      inputMode="decimal"
      defaultValue={place ? String(place[name]) : ''}
      hint={name === 'latitude' ? 'Degrees north, such as 37.7745' : 'Degrees east; west is below zero'}
      fault={faults[name]}
      required
    />
  )
  return (
    <>
      <InputField
        label={placeLabels.name}
        name="name"
        maxLength={200}
        defaultValue={place?.name ?? ''}
        fault={faults.name}
        required
      />
      <InputField
        label={placeLabels.address}
        name="address"
        maxLength={1_000}
        defaultValue={place?.address ?? ''}
        fault={faults.address}
      />
      <div className="field-pair">
        {degrees('latitude')}
        {degrees('longitude')}
      </div>
    </>
  )
}
