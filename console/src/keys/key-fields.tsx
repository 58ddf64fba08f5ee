import type { Key, KeyCreation } from '@toneout/contract/model/key.ts'
import { InputField } from '../ui/field.tsx'
import { dayAfter, dayField, endOfDay, limitField } from './key-words.ts'

export const keyLabels = {
  name: 'Name',
  role: 'Role',
  expires_at: 'Last day',
  rate_limit_per_second: 'Requests a second',
  rate_limit_per_minute: 'Requests a minute',
}

type Faults = Partial<Record<keyof typeof keyLabels, string>>
export type KeyGiven = Omit<KeyCreation, 'role'>

type FieldsProps = { before: Key | undefined; faults: Faults }

/** A year for a new one: a key that never ends is found by nobody when it leaks. */
const firstDays = 365

/** What can be said of a key when it is made and later. */
export function KeyFields({ before, faults }: FieldsProps) {
  const now = Date.now()
  const number = {
    type: 'number',
    min: 1,
    step: 1,
    inputMode: 'numeric',
    placeholder: 'As its role',
  } as const
  return (
    <>
      <InputField
        label={keyLabels.name}
        hint="Of the program that uses it, as others will know it."
        name="name"
        autoComplete="off"
        maxLength={100}
        defaultValue={before?.name}
        fault={faults.name}
        required
      />
      <InputField
        label={keyLabels.expires_at}
        hint="Empty: it never ends by itself."
        name="expires_at"
        type="date"
        min={before ? undefined : dayField(new Date(now).toISOString())}
        max="9999-12-30"
        defaultValue={before ? dayField(before.expires_at) : dayAfter(firstDays, now)}
        fault={faults.expires_at}
      />
      <div className="field-pair">
        <InputField
          label={keyLabels.rate_limit_per_second}
          name="rate_limit_per_second"
          max={100_000}
          defaultValue={before?.rate_limit_per_second ?? ''}
          fault={faults.rate_limit_per_second}
          {...number}
        />
        <InputField
          label={keyLabels.rate_limit_per_minute}
          name="rate_limit_per_minute"
          max={6_000_000}
          defaultValue={before?.rate_limit_per_minute ?? ''}
          fault={faults.rate_limit_per_minute}
          {...number}
        />
      </div>
    </>
  )
}

/** What the fields say. A day that is as it was keeps its instant, which may be in the middle of it. */
export function readKeyFields(form: FormData, before: Key | undefined): KeyGiven {
  const text = (name: string) => String(form.get(name) ?? '')
  const day = text('expires_at')
  const isKept = before !== undefined && day === dayField(before.expires_at)
  return {
    name: text('name'),
    expires_at: isKept ? before.expires_at : endOfDay(day),
    rate_limit_per_second: limitField(text('rate_limit_per_second')),
    rate_limit_per_minute: limitField(text('rate_limit_per_minute')),
  }
}
