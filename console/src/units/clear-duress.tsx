import { useMutation } from '@tanstack/react-query'
import type { Unit } from '@toneout/contract/model/unit.ts'
import type { FormEvent } from 'react'
import { ask } from '../access/ask.ts'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { InputField, useFocusOnFault } from '../ui/field.tsx'

const labels = { reason: 'Why it is over' }

/** The crew is safe, and how that is known. Until this is said the alarm stands at every desk. */
export function ClearDuress({ unit }: { unit: Unit }) {
  const clear = useMutation({
    mutationFn: (reason: string) => ask('clearDuress', { params: { id: unit.id }, body: { reason } }),
  })
  const form = useFocusOnFault(clear.error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '')
    if (!clear.isPending) clear.mutate(reason)
  }
  return (
    <div className="side-part">
      <h3>The crew calls for help</h3>
      <form ref={form} className="message-form" onSubmit={submit} noValidate>
        <InputField
          label={labels.reason}
          name="reason"
          autoComplete="off"
          maxLength={500}
          hint="Such as: spoke with the crew, police are there. The crew and all desks see it end."
          fault={fieldFaults(clear.error, labels).reason}
        />
        <button type="submit" className="button danger" aria-disabled={clear.isPending}>
          {clear.isPending ? 'Clearing' : `Clear the duress of ${unit.unit_number}`}
        </button>
        <div role="alert" className="form-fault">
          {generalFault(clear.error, ['reason'])}
        </div>
      </form>
    </div>
  )
}
