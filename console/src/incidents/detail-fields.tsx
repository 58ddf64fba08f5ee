import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { AddressField, type TypedPlace } from '../ui/address-field.tsx'
import { Field, SelectField } from '../ui/field.tsx'
import { typeWord } from '../ui/words.ts'
import { placeOf } from './place-form.tsx'

const types = emergencyTypes.map((value) => ({ value, words: typeWord(value) ?? value }))
const priorities = ['1', '2', '3', '4'].map((value) => ({ value, words: value }))

/** Where nobody has said yet. */
export const nowhere: TypedPlace = { location: '', found: null }

type FieldsProps = {
  type: string
  priority: number
  notes: string
  place: TypedPlace
  onPlace: (place: TypedPlace) => void
}

/** What a person may say of an incident, whether it is new or known. */
export function DetailFields({ type, priority, notes, place, onPlace }: FieldsProps) {
  const unknown = type === '' ? [{ value: '', words: 'Choose the type' }] : []
  return (
    <>
      <SelectField label="Type" name="emergency_type" options={[...unknown, ...types]} defaultValue={type} />
      <SelectField label="Priority" name="priority" options={priorities} defaultValue={String(priority)} />
      <AddressField label="Place" value={place} onChange={onPlace} />
      <Field label="What crews must know" hint="Access, danger, who waits where. Crews see it.">
        {(given) => <textarea {...given} name="notes" rows={4} maxLength={5_000} defaultValue={notes} />}
      </Field>
    </>
  )
}

/** What the form says, blanks left out. */
export function detailsOf(form: HTMLFormElement, place: TypedPlace) {
  const given = new FormData(form)
  return {
    emergency_type: String(given.get('emergency_type') ?? ''),
    priority: Number(given.get('priority')),
    notes: String(given.get('notes') ?? ''),
    ...placeOf(place),
  }
}
