import type { ClosureSetting } from '@toneout/contract/model/streets.ts'
import { useState } from 'react'
import { ask } from '../access/ask.ts'
import { AddressField, type TypedPlace } from '../ui/address-field.tsx'
import { InputField } from '../ui/field.tsx'
import { KeptForm, textOf } from './kept-form.tsx'
import { useChange } from './use-kept.ts'

const labels = { latitude: 'Where', longitude: 'Where', segment_id: 'Where', reason: 'Why', until: 'Until' }

const nowhere: TypedPlace = { location: '', found: null }

/** Closes the street nearest to a place, from junction to junction. */
export function ClosureForm() {
  const [place, setPlace] = useState(nowhere)
  const [times, setTimes] = useState(0)
  const set = useChange(
    (body: ClosureSetting) => ask('setClosure', { body }),
    () => {
      setPlace(nowhere)
      setTimes(times + 1)
    },
  )
  const send = (given: FormData) => {
    const until = Date.parse(textOf(given, 'until'))
    set.mutate({
      ...(place.found && { latitude: place.found.latitude, longitude: place.found.longitude }),
      reason: textOf(given, 'reason'),
      ...(!Number.isNaN(until) && { until: new Date(until).toISOString() }),
    })
  }
  return (
    <KeptForm
      key={times}
      title="Close a street"
      labels={labels}
      change={set}
      button="Close the street"
      done="Closed. Plans from now on go around it."
      onSend={send}
    >
      {(faults) => (
        <>
          <AddressField
            label="Where"
            value={place}
            onChange={setPlace}
            fault={
              (faults.segment_id && 'Choose one of the addresses.') ?? faults.latitude ?? faults.longitude
            }
          />
          <InputField
            label={labels.reason}
            name="reason"
            maxLength={200}
            placeholder="Burst main"
            fault={faults.reason}
            required
          />
          <InputField
            label={labels.until}
            name="until"
            type="datetime-local"
            hint="Left empty, it is closed until somebody opens it."
            fault={faults.until}
          />
        </>
      )}
    </KeptForm>
  )
}
