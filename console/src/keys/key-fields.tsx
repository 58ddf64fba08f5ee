import type { Key, KeyCreation } from '@toneout/contract/model/key.ts'
import type { KeyRole } from '@toneout/contract/roles.ts'
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

type FieldsProps = { before: Key | undefined; role: KeyRole; faults: Faults }

/**
 * A year for a new one: a key that never ends is found by nobody when it leaks. None for the one that brings
 * calls in: when it ends by itself, calls are refused.
 */
const firstDays = 365
const neverEnds = 'Empty: it never ends by itself.'

/** What can be said of a key when it is made and later. */
export function KeyFields({ before, role, faults }: FieldsProps) {
  const now = Date.now()
  const takesCalls = role === 'ai_dispatcher'
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
        // Another role begins with another day.
        key={takesCalls ? 'never' : 'year'}
        hint={takesCalls ? 'Empty: it never ends. From the day after it, calls are refused.' : neverEnds}
        name="expires_at"
        type="date"
        min={before ? undefined : dayField(new Date(now).toISOString())}
        max="9999-12-30"
        defaultValue={before ? dayField(before.expires_at) : takesCalls ? '' : dayAfter(firstDays, now)}
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
